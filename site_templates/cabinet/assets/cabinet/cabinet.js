// What a page does after it is there: the sections open and close on a small screen, and search
// and pictures fetch their scripts when somebody asks for them.
const words = JSON.parse(document.getElementById("f-words").textContent);
const menu = document.querySelector(".f-menu");
const sections = document.getElementById("sections");
// The theme shows the sections while this box is ticked; its cover is a label of the same box.
const unfolded = document.getElementById("__drawer");

const unfold = (open) => {
  unfolded.checked = open;
  menu.setAttribute("aria-expanded", open);
};

menu.setAttribute("role", "button");
unfold(false);
menu.addEventListener("click", (event) => {
  event.preventDefault();
  unfold(!unfolded.checked);
  const here = sections.querySelector("[aria-current]") ?? sections.querySelector("a");
  if (unfolded.checked) here.focus();
});
menu.addEventListener("keydown", (event) => {
  if (event.key === " ") {
    event.preventDefault();
    menu.click();
  }
});
unfolded.addEventListener("change", () => unfold(unfolded.checked));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && unfolded.checked) {
    unfold(false);
    menu.focus();
  }
});
sections.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !sections.contains(relatedTarget)) unfold(false);
});

document.querySelector(".f-find").addEventListener("click", async () => {
  const { openSearch } = await import("./search.js");
  openSearch(words);
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest(".c-gallery figure > a");
  // Whoever wants the file in another tab gets it there.
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const { openGallery } = await import("./gallery.js");
  openGallery(link, words);
});

// A table or a listing that is wider than the screen is moved sideways: with the arrow keys too.
const measured = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
const wide = document.querySelectorAll(".md-typeset :is(table, pre > code)");
for (const one of wide) measured.observe(one);
