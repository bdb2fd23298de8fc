// Light, dark, or as the device has it. The body gets its colours in the very moment in which the
// parser makes it, before anything is painted: a page never flashes in the wrong scheme.
(() => {
  const KEY = "cabinet-colours";
  const ORDER = ["auto", "light", "dark"];
  const root = document.documentElement;
  const device = matchMedia("(prefers-color-scheme: dark)");

  // A browser that forbids storage still shows the page: the choice then holds until it is left.
  const stored = (work) => {
    try {
      return work(localStorage);
    } catch {
      return null;
    }
  };

  const paint = () => {
    const chosen = root.dataset.colours;
    const dark = chosen === "dark" || (chosen === "auto" && device.matches);
    document.body?.setAttribute("data-md-color-scheme", dark ? "slate" : "default");
    return document.body;
  };

  root.classList.replace("no-js", "js");
  const chosen = stored((storage) => storage.getItem(KEY));
  root.dataset.colours = ORDER.includes(chosen) ? chosen : "auto";
  const observer = new MutationObserver(() => paint() && observer.disconnect());
  observer.observe(root, { childList: true });
  device.addEventListener("change", paint);

  document.addEventListener("click", (event) => {
    if (!event.target.closest(".f-colours")) return;
    const next = ORDER[(ORDER.indexOf(root.dataset.colours) + 1) % ORDER.length];
    root.dataset.colours = next;
    stored((storage) => storage.setItem(KEY, next));
    paint();
  });
})();
