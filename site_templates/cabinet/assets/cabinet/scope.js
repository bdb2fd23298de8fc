// Material keeps a reader's choices through these four names. A browser that forbids storage
// must still show the page, so here reading may fail quietly, which Material's own does not allow.
(() => {
  const base = document.currentScript.dataset.base;
  window.__md_scope = new URL(base, location);
  window.__md_hash = (text) =>
    [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0);
  window.__md_get = (key, storage, scope = window.__md_scope) => {
    try {
      return JSON.parse((storage || localStorage).getItem(`${scope.pathname}.${key}`));
    } catch {
      return null;
    }
  };
  window.__md_set = (key, value, storage, scope = window.__md_scope) => {
    try {
      (storage || localStorage).setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
    } catch {
      // The choice holds until the page is left.
    }
  };
})();
