// Nothing typed is lost: drafts save themselves, and while the line is down or the session has
// ended the browser keeps the text and offers it again. Without script one presses "save".
(() => {
  const AFTER_TYPING = 1500;
  const AGAIN = 15000;
  const SECRET = new Set(["csrf", "expected", "do", "head"]);

  const stored = (work) => {
    try {
      return work(localStorage);
    } catch {
      return null;
    }
  };
  const place = (form) => `desk:${form.dataset.keep}`;
  const typed = (form) =>
    [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !SECRET.has(name) && !name.startsWith("arrived."));
  const kept = (form) => stored((storage) => JSON.parse(storage.getItem(place(form))));
  const keep = (form) =>
    stored((storage) =>
      storage.setItem(place(form), JSON.stringify({ at: Date.now(), fields: typed(form) })),
    );
  const forget = (form) => stored((storage) => storage.removeItem(place(form)));
  const plain = (text) => text.replaceAll("\r\n", "\n");

  // A field may come several times: boxes of one name, each ticked or not.
  const grouped = (fields) => {
    const found = new Map();
    for (const [name, value] of fields) found.set(name, [...(found.get(name) ?? []), plain(value)]);
    return found;
  };
  const differs = (form, fields) => {
    const present = grouped(typed(form));
    return [...grouped(fields)].some(
      ([name, values]) => (present.get(name) ?? [""]).join("\n") !== values.join("\n"),
    );
  };

  const fill = (form, fields) => {
    for (const [name, value] of fields) {
      const found = form.elements.namedItem(name);
      if (!found) continue;
      const boxes = found instanceof RadioNodeList ? [...found] : [];
      const box = boxes.find((one) => one.type === "checkbox" && one.value === value);
      if (box) box.checked = true;
      else if (found.type === "checkbox") found.checked = true;
      else found.value = value;
      if (value) (box ?? found).closest?.("details")?.setAttribute("open", "");
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const button = (words, work) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "d-button d-button--small";
    made.textContent = words;
    made.addEventListener("click", work);
    return made;
  };

  const bar = (form, words, ...buttons) => {
    const made = document.createElement("div");
    made.className = "d-note d-actions";
    made.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = words;
    for (const one of buttons) one.addEventListener("click", () => made.remove());
    made.append(text, ...buttons);
    form.before(made);
  };

  const offer = (form, fields) => {
    const words = document.body.dataset;
    const restore = button(words.restore, () => fill(form, fields));
    bar(form, words.unsaved, restore, button(words.forget, () => forget(form)));
  };

  // Into a form that nobody has begun, what was typed goes back at once: it can cover nothing.
  const WORDS = 'textarea, select, input:not([type="hidden"], [type="radio"], [type="checkbox"])';
  const isBlank = (form) => [...form.querySelectorAll(WORDS)].every((one) => !one.value);
  const putBack = (form, fields) => {
    const words = document.body.dataset;
    fill(form, fields);
    const away = () => (form.reset(), forget(form));
    bar(form, words.putBack, button(words.clear, away));
  };

  const autosave = (form) => {
    const words = document.body.dataset;
    const status = document.querySelector("[data-saved]");
    const say = (text) => status && (status.textContent = text);
    let waiting = null;
    let isSaving = false;
    let isStopped = false;
    let isSignedOut = false;

    const later = (delay) => {
      clearTimeout(waiting);
      waiting = setTimeout(save, delay);
    };
    const save = async () => {
      if (isSaving || isStopped) return later(AFTER_TYPING);
      isSaving = true;
      const sent = new FormData(form);
      sent.delete("photos");
      sent.set("do", "autosave");
      const before = JSON.stringify(typed(form));
      try {
        const answer = await fetch(form.action, {
          method: "POST",
          body: sent,
          headers: { Accept: "application/json" },
          redirect: "error",
        });
        if (answer.status === 409) {
          isStopped = true;
          say(words.moved);
        } else if (answer.ok) {
          const told = await answer.json();
          form.elements.namedItem("expected").value = told.expected;
          say(told.saved);
          form.dispatchEvent(new CustomEvent("draft-saved", { detail: told }));
          if (before === JSON.stringify(typed(form))) forget(form);
        } else if (answer.status === 401 || answer.status === 403) {
          isStopped = isSignedOut = true;
          say(words.ended);
        } else {
          say(words.offline);
          later(AGAIN);
        }
      } catch {
        say(words.offline);
        later(AGAIN);
      }
      isSaving = false;
    };
    form.addEventListener("input", () => !isStopped && later(AFTER_TYPING));
    form.addEventListener("submit", () => clearTimeout(waiting));
    form.addEventListener("signed-in-again", () => {
      if (!isSignedOut) return;
      isStopped = isSignedOut = false;
      later(0);
    });
    addEventListener("online", () => kept(form) && later(0));
  };

  const sentBefore = sessionStorage.getItem("desk-sent");
  const said = document.querySelector(".d-said")?.dataset.said;
  const { failed } = document.body.dataset;
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const found = kept(form);
    const isTaken = said && said !== "not-done";
    const isSame = !failed && found && !differs(form, found.fields);
    if (found && sentBefore === place(form) && (isTaken || isSame)) forget(form);
    else if (found && differs(form, found.fields)) {
      if ("autosave" in form.dataset || !isBlank(form)) offer(form, found.fields);
      else putBack(form, found.fields);
    }
    form.addEventListener("input", () => keep(form));
    form.addEventListener("submit", () => {
      keep(form);
      sessionStorage.setItem("desk-sent", place(form));
    });
    if ("autosave" in form.dataset) autosave(form);
  }
  // The form was answered by another page, and not by an error: what it held is in good hands.
  if (sentBefore && !failed && !document.querySelector(".d-signin")) {
    const here = [...document.querySelectorAll("form[data-keep]")].map(place);
    if (!here.includes(sentBefore)) stored((storage) => storage.removeItem(sentBefore));
    sessionStorage.removeItem("desk-sent");
  }
})();
