// Search over one site: a window that fetches the site's index when it is opened for the first time.
import { part } from "./part.js";
import { ask, readIndex } from "./word_index.js";

const SHOWN = 20;
const BEFORE = 60;
const AROUND = 180;
const PAUSE = 120;

let view;

/** Open the search window. */
export const openSearch = (words) => {
  view ??= made(words);
  view.dialog.showModal();
  view.field.select();
  view.index ??= load(words).then(readIndex);
  view.index.catch(() => {
    view.index = null;
    view.dialog.removeAttribute("aria-busy");
    say(words["search.failed"]);
  });
  answer(words);
};

const load = async (words) => {
  const reply = await fetch(new URL(`${words.base}/search/search_index.json`, location));
  if (!reply.ok) throw new Error(`the index answers ${reply.status}`);
  return (await reply.json()).docs;
};

const made = (words) => {
  // No field of the type "search": in one, the first Esc would empty it and not close the window.
  const field = part("input", "f-search__field", { type: "text", autocomplete: "off" });
  field.setAttribute("enterkeyhint", "search");
  field.setAttribute("aria-label", words.search);
  field.setAttribute("spellcheck", "false");
  const close = part("button", "f-search__close", { type: "submit", textContent: words.close });
  const form = part("form", "f-search__form", { method: "dialog" });
  form.append(field, close);
  const state = part("p", "f-search__state");
  state.setAttribute("role", "status");
  const found = part("ol", "f-search__found");
  const dialog = part("dialog", "f-search");
  dialog.setAttribute("aria-label", words.search);
  dialog.append(form, state, found);
  document.body.append(dialog);

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    dialog.setAttribute("aria-busy", "true");
    waiting = setTimeout(() => answer(words), PAUSE);
  });
  // Enter in the field leads to the first answer instead of closing the window.
  form.addEventListener("submit", (event) => {
    if (event.submitter === close) return;
    event.preventDefault();
    found.querySelector("a")?.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    found.querySelector("a")?.click();
  });
  dialog.addEventListener("keydown", (event) => move(event, [field, ...found.querySelectorAll("a")]));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("a")) dialog.close();
  });
  return { dialog, field, state, found, index: null };
};

/** Up and down go from the field through the answers. */
const move = (event, stops) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const place = stops.indexOf(document.activeElement);
  if (!step || place < 0) return;
  event.preventDefault();
  stops[Math.min(stops.length - 1, Math.max(0, place + step))].focus();
};

const answer = async (words) => {
  const question = view.field.value.trim();
  view.dialog.setAttribute("aria-busy", "true");
  if (question) say(words["search.wait"]);
  const index = await view.index?.catch(() => null);
  // Another letter may have been typed meanwhile; then another answer is on its way.
  if (!index || question !== view.field.value.trim()) return;
  view.dialog.removeAttribute("aria-busy");
  if (!/[\p{L}\p{N}]/u.test(question)) {
    view.found.replaceChildren();
    say(words["search.hint"]);
    return;
  }
  const { kind, answers, word } = ask(index, question);
  const count = kind === "none" ? question : kind === "near" ? word : answers.length;
  say(words[`search.${kind}`].replace("#", () => count));
  if (kind === "none") view.state.append(" ", part("a", "", { href: "/support/", textContent: words["search.ask"] }));
  view.found.replaceChildren(...answers.slice(0, SHOWN).map((one) => line(one, index, words)));
};

const say = (text) => {
  view.state.textContent = text;
};

const line = ({ number, hits }, index, words) => {
  const entry = index.entries[number];
  const inText = hits.filter((one) => one.field === "text").sort((a, b) => a.start - b.start);
  const link = part("a", "f-search__link", { href: addressOf(entry, inText[0], words) });
  const title = part("span", "f-search__title");
  title.append(...marked(entry.title, hits.filter((one) => one.field === "title"), 0, Infinity));
  link.append(title);
  const page = index.entries.find((one) => one.location === entry.location.split("#")[0]);
  if (page && page !== entry) link.append(part("span", "f-search__page", { textContent: page.title }));
  if (entry.text) {
    const text = part("span", "f-search__text");
    const from = Math.max(0, entry.text.lastIndexOf(" ", (inText[0]?.start ?? 0) - BEFORE) + 1);
    if (from) text.append("… ");
    text.append(...marked(entry.text, inText, from, from + AROUND));
    if (from + AROUND < entry.text.length) text.append("…");
    link.append(text);
  }
  const item = part("li", "f-search__answer");
  item.append(link);
  return item;
};

/** The address of an answer; the browser itself shows the word there (a text fragment). */
const addressOf = (entry, hit, words) => {
  const address = new URL(`${words.base}/${entry.location}`, location);
  if (!hit) return address.href;
  const word = encodeURIComponent(entry.text.slice(hit.start, hit.end)).replaceAll("-", "%2D");
  return `${address.href}${address.hash ? "" : "#"}:~:text=${word}`;
};

const marked = (text, hits, from, to) => {
  const parts = [];
  let at = from;
  for (const { start, end } of hits) {
    if (start < at || end > to) continue;
    parts.push(text.slice(at, start), part("mark", "", { textContent: text.slice(start, end) }));
    at = end;
  }
  return [...parts, text.slice(at, to)];
};
