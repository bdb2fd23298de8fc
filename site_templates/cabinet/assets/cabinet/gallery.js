// Pictures of a gallery, enlarged one at a time. The window is a dialog of the browser: the caret
// stays inside, Esc closes it, and what lies behind it cannot be reached.
import { part } from "./part.js";

const SWIPE = 40;

/** Open the window at a link of a gallery. */
export const openGallery = (link, words) => {
  const links = [...link.closest(".c-gallery").querySelectorAll("figure > a")];
  const view = made(words, links.length);
  let place = links.indexOf(link);

  const show = (next) => {
    place = (next + links.length) % links.length;
    const [thumb] = links[place].getElementsByTagName("img");
    const caption = links[place].closest("figure")?.querySelector("figcaption")?.textContent ?? "";
    // The former picture must not stand under the new caption while the new one loads.
    const picture = thumb.cloneNode();
    Object.assign(picture, { className: "f-view__picture", loading: "eager", sizes: "100vw" });
    if (!picture.srcset) picture.src = links[place].href;
    view.picture.replaceChildren(picture);
    view.caption.textContent = caption;
    view.count.textContent = `${place + 1} / ${links.length}`;
    view.file.href = links[place].href;
  };

  view.previous.addEventListener("click", () => show(place - 1));
  view.next.addEventListener("click", () => show(place + 1));
  view.dialog.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) show(place + step);
  });
  view.dialog.addEventListener("click", (event) => {
    if (event.target === view.dialog || event.target === view.picture) view.dialog.close();
  });
  swiped(view.picture, (step) => show(place + step));
  view.dialog.addEventListener("close", () => {
    view.dialog.remove();
    links[place].focus();
  });
  show(place);
  document.body.append(view.dialog);
  view.dialog.showModal();
  view.close.focus();
};

const made = (words, count) => {
  const dialog = part("dialog", "f-view");
  dialog.setAttribute("aria-label", words.gallery);
  const bar = part("form", "f-view__bar", { method: "dialog" });
  const number = part("span", "f-view__count");
  const file = part("a", "f-view__file", { textContent: words["gallery.open"] });
  const close = part("button", "f-view__close", { textContent: words.close });
  bar.append(number, file, close);
  const figure = part("figure", "f-view__figure");
  const picture = part("div", "f-view__place");
  const caption = part("figcaption", "f-view__caption");
  caption.setAttribute("aria-live", "polite");
  figure.append(picture, caption);
  const previous = turn("f-view__previous", "‹", words["gallery.previous"]);
  const next = turn("f-view__next", "›", words["gallery.next"]);
  previous.hidden = next.hidden = number.hidden = count < 2;
  dialog.append(bar, figure, previous, next);
  return { dialog, picture, caption, previous, next, close, file, count: number };
};

const turn = (style, sign, name) => {
  const button = part("button", `f-view__turn ${style}`, { type: "button", textContent: sign });
  button.setAttribute("aria-label", name);
  return button;
};

/** Tell of a finger drawn to a side; two fingers enlarge the page as everywhere. */
const swiped = (place, turned) => {
  let start = null;
  place.addEventListener("touchstart", ({ touches }) => {
    start = touches.length === 1 ? touches[0].clientX : null;
  });
  place.addEventListener("touchend", ({ changedTouches }) => {
    const way = start === null ? 0 : changedTouches[0].clientX - start;
    if (Math.abs(way) > SWIPE && visualViewport.scale === 1) turned(way < 0 ? 1 : -1);
    start = null;
  });
};
