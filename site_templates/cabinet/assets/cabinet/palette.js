// The body gets its colours in the very moment in which the parser makes it, before anything is
// painted: a page never flashes in the wrong scheme, on the first visit neither.
(() => {
  const chosen = window.__md_get("__palette");
  const media = chosen?.color?.media ?? "(prefers-color-scheme)";
  const dark =
    media === "(prefers-color-scheme)"
      ? matchMedia("(prefers-color-scheme: dark)").matches
      : media.includes("dark");
  const paint = () => {
    if (!document.body) return false;
    document.body.setAttribute("data-md-color-scheme", dark ? "slate" : "default");
    return true;
  };
  if (paint()) return;
  const observer = new MutationObserver(() => paint() && observer.disconnect());
  observer.observe(document.documentElement, { childList: true });
})();
