// A file that came piece by piece gets its row among the files of the form as soon as the draft
// holds it. The server makes the row; nothing that is being typed on this page is touched.
(() => {
  const list = document.querySelector("#files [data-order]");
  if (!list) return;
  const form = list.closest("form");
  const NAMING = ["id", "name", "for", "aria-describedby"];

  const entryOf = (within, name) => [...within.children].find((one) => one.dataset.title === name);
  const numberOf = (entry) => Number(entry.querySelector('[name$=".file"]').name.split(".")[1]);

  // The numbers of a page that has been open for long may be other ones than those of a new page.
  const renumbered = (entry) => {
    const given = `files.${numberOf(entry)}.`;
    const free = `files.${Math.max(-1, ...[...list.children].map(numberOf)) + 1}.`;
    for (const one of entry.querySelectorAll("*"))
      for (const key of NAMING)
        if (one.hasAttribute(key)) one.setAttribute(key, one.getAttribute(key).replace(given, free));
    return entry;
  };
  const show = (name, made) => {
    const entry = renumbered(document.importNode(made, true));
    list.append(entry);
    entry.dispatchEvent(new Event("entry-with-grip", { bubbles: true }));
    const field = entry.querySelector('[name$=".caption"]');
    form.dispatchEvent(new CustomEvent("file-shown", { detail: { name, field } }));
  };
  // One that stood alone had no order; now that there are two it has.
  const giveOrder = (page) => {
    for (const entry of list.children) {
      const actions = entryOf(page, entry.dataset.title)?.querySelector(".d-file__actions");
      if (!actions || entry.querySelector("[data-grip]")) continue;
      const controls = [...document.importNode(actions, true).querySelectorAll("button")];
      entry.querySelector(".d-file__actions").prepend(...controls);
      entry.dispatchEvent(new Event("entry-with-grip", { bubbles: true }));
    }
  };

  form.addEventListener("draft-saved", async (event) => {
    const names = Object.values(event.detail.arrived ?? {});
    if (!names.length) return;
    const answer = await fetch(form.action).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = page.querySelector("#files [data-order]");
    if (!made) return;
    giveOrder(made);
    for (const name of names) {
      const entry = entryOf(made, name);
      if (entry && !entryOf(list, name)) show(name, entry);
    }
    const hint = page.getElementById("hint-order");
    if (hint && !document.getElementById("hint-order")) {
      hint.hidden = false;
      list.before(document.importNode(hint, true));
    }
  });
})();
