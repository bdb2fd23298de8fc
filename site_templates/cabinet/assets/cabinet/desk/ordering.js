// Things are put in order by their handle: dragged with a mouse or a finger, moved with the arrow
// keys, or one place up with a button. Without script the button alone does it, on the server.
(() => {
  const EDGE = 90;

  const entriesOf = (list) => [...list.children];
  const gripOf = (entry) => entry.querySelector("[data-grip]");
  const upOf = (entry) => entry.querySelector('button[name="earlier"]');

  // The neighbour is moved and never the entry at hand: so it keeps the focus and the pointer.
  const step = (entry, isUp) => {
    const beside = isUp ? entry.previousElementSibling : entry.nextElementSibling;
    if (!beside) return false;
    if (isUp) entry.after(beside);
    else entry.before(beside);
    return true;
  };

  const told = (list, entry) => {
    const entries = entriesOf(list);
    entries.forEach((one, place) => (upOf(one).hidden = place === 0));
    const said = document.querySelector("[data-order-said]");
    said.textContent = said.dataset.orderSaid
      .replace("{place}", entries.indexOf(entry) + 1)
      .replace("{all}", entries.length)
      .replace("{title}", entry.dataset.title);
    list.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const moved = (list, entry, work) => {
    const before = entriesOf(list).indexOf(entry);
    work();
    if (entriesOf(list).indexOf(entry) !== before) told(list, entry);
    entry.scrollIntoView({ block: "nearest" });
  };

  const byKey = (list, entry, event) => {
    const isUp = event.key === "ArrowUp" || event.key === "Home";
    const isFar = event.key === "Home" || event.key === "End";
    if (!isUp && !isFar && event.key !== "ArrowDown") return;
    event.preventDefault();
    moved(list, entry, () => {
      while (step(entry, isUp) && isFar);
    });
  };

  const follow = (entry, y) => {
    const middle = (one) => {
      const box = one.getBoundingClientRect();
      return box.top + box.height / 2;
    };
    while (entry.previousElementSibling && y < middle(entry.previousElementSibling)) step(entry, true);
    while (entry.nextElementSibling && y > middle(entry.nextElementSibling)) step(entry, false);
  };

  const drag = (list, entry, grip, down) => {
    if (down.button) return;
    down.preventDefault();
    grip.focus();
    grip.setPointerCapture(down.pointerId);
    const before = entriesOf(list).indexOf(entry);
    let y = down.clientY;
    let isHeld = true;
    list.classList.add("is-ordering");
    entry.classList.add("is-held");
    // The entries are drawn small while one is held: what is held stays under the finger.
    scrollBy(0, grip.getBoundingClientRect().top + grip.offsetHeight / 2 - y);

    const go = () => {
      if (!isHeld) return;
      if (y < EDGE) scrollBy(0, -8);
      else if (y > innerHeight - EDGE) scrollBy(0, 8);
      follow(entry, y);
      requestAnimationFrame(go);
    };
    const move = (event) => (y = event.clientY);
    const end = () => {
      isHeld = false;
      follow(entry, y);
      grip.removeEventListener("pointermove", move);
      list.classList.remove("is-ordering");
      entry.classList.remove("is-held");
      if (entriesOf(list).indexOf(entry) !== before) told(list, entry);
      entry.scrollIntoView({ block: "nearest" });
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", end, { once: true });
    requestAnimationFrame(go);
  };

  const set = (list, entry) => {
    const grip = gripOf(entry);
    if (!grip) return; // A single one has no order.
    const up = upOf(entry);
    grip.hidden = false;
    grip.addEventListener("keydown", (event) => byKey(list, entry, event));
    grip.addEventListener("pointerdown", (event) => drag(list, entry, grip, event));
    up.addEventListener("click", (event) => {
      event.preventDefault();
      moved(list, entry, () => step(entry, true));
      (up.hidden ? grip : up).focus();
    });
  };

  for (const list of document.querySelectorAll("[data-order]")) {
    for (const entry of entriesOf(list)) set(list, entry);
    list.addEventListener("entry-with-grip", (event) => set(list, event.target));
  }
  for (const one of document.querySelectorAll("[data-with-script]")) one.hidden = false;
})();
