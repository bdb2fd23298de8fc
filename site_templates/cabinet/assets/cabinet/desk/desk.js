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
