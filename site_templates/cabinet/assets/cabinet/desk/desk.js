// What makes the desk more pleasant where there is script. Without it every form still works.
(() => {
  const toolbars = document.querySelectorAll("markdown-toolbar");
  customElements.whenDefined("markdown-toolbar").then(() => {
    for (const one of toolbars) one.hidden = false;
  });

  // The names of chosen files, because a phone says no more than how many they are.
  for (const input of document.querySelectorAll('input[type="file"]')) {
    const list = document.querySelector(`[data-chosen="${input.id}"]`);
    input.addEventListener("change", () => {
      list.replaceChildren(
        ...[...input.files].map((file) => {
          const line = document.createElement("li");
          line.textContent = file.name;
          return line;
        }),
      );
      list.hidden = !input.files.length;
    });
  }
})();

// A form whose session has ended waits while its author signs in beside it. It takes the word of
// the new session then, so that it is sent once; without script the server gives it back first.
for (const form of document.querySelectorAll("form[data-again]")) {
  const again = async (event) => {
    event.preventDefault();
    form.removeEventListener("submit", again);
    const page = await fetch("/desk/").then((answer) => answer.text(), () => "");
    const { csrf } = new DOMParser().parseFromString(page, "text/html").body.dataset;
    if (csrf) form.elements.namedItem("csrf").value = csrf;
    form.requestSubmit();
  };
  form.addEventListener("submit", again);
}

// Keys for those who review much: next, previous, accept, return. Never while somebody types.
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!found) return;
  event.preventDefault();
  if (found.tagName === "DETAILS") {
    found.open = true;
    found.querySelector("textarea").focus();
  } else if (found.tagName === "A") {
    found.click();
  } else {
    // Publishing takes a second key, so that a slip does nothing.
    found.focus();
    found.scrollIntoView({ block: "center" });
  }
});

// A phrase is put into the review where the cursor is; without script the server puts it at the end.
for (const phrase of document.querySelectorAll("[data-phrase]")) {
  phrase.addEventListener("click", (event) => {
    event.preventDefault();
    const text = document.querySelector("[data-phrases-into]");
    text.focus();
    text.setRangeText(phrase.textContent, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
