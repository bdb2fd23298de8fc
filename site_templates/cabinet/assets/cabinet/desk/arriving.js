// Recordings and other large files go piece by piece while the form is filled: with progress, with
// a pause, on from where the line broke, also after the tab was closed. Without script, or
// outside a secure context, the form takes them in one go.
(() => {
  const place = document.querySelector("[data-arriving]");
  if (!place || !crypto.subtle) return;
  const KIB = 1024;
  const EDGE = 256 * KIB;
  const FIRST = 256 * KIB;
  const LARGEST = 8 * 1024 * KIB;
  const WITH_THE_FORM = 16 * 1024 * KIB;
  const RECORDING = /\.(mp4|mov|webm|mp3|m4a|ogg|wav|avi|mkv|3gp|wmv|flv|mpg|oga|aac|wma|flac|amr)$/i;
  const AGAIN = [1000, 2000, 4000, 8000, 15000];

  const form = place.closest("form");
  const input = form.querySelector('input[type="file"]');
  const list = place.querySelector("ul");
  const spoken = place.querySelector("[data-spoken]");
  const words = place.dataset;
  const queue = [];
  let csrf = form.elements.namedItem("csrf").value;
  let working = null;
  let held = null;
  let isLeaving = false;
  let awake = null;

  const hex = (buffer) => [...new Uint8Array(buffer)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const digest = async (blob) => hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  const megabytes = (count) =>
    (count / KIB / KIB).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  const sleep = (time) => new Promise((done) => {
    setTimeout(done, time);
    addEventListener("online", done, { once: true });
  });
  const isActive = (one) => !one.isOver;

  // The same file is known by its size and its two ends: phones give it another name each time.
  const markOf = (file) =>
    digest(new Blob([`${file.size}\n`, file.slice(0, EDGE), file.slice(Math.max(0, file.size - EDGE))]));

  const make = (tag, name, text = "") => {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = text;
    return made;
  };
  const button = (text, label, work) => {
    const made = make("button", "d-button d-button--small d-button--quiet", text);
    made.type = "button";
    made.setAttribute("aria-label", `${text}: ${label}`);
    made.addEventListener("click", work);
    return made;
  };

  const say = (one, text) => {
    one.status.textContent = text;
    spoken.textContent = `${one.file.name}: ${text}`;
  };
  const show = (one) => {
    const { size } = one.file;
    one.bar.value = one.received;
    const text = words.comes
      .replace("{name}", one.file.name)
      .replace("{received}", megabytes(one.received))
      .replace("{size}", megabytes(size));
    one.status.textContent = text;
    // A tenth at a time: whoever listens is told how it goes on, and not of every piece.
    const tenth = Math.floor((10 * one.received) / size);
    if (tenth !== one.tenth) spoken.textContent = text;
    one.tenth = tenth;
  };
  const end = (one, text) => {
    one.isOver = true;
    if (document.activeElement === one.pause) one.cancel.focus();
    one.bar.hidden = true;
    one.pause.hidden = true;
    say(one, text);
  };

  const add = (file) => {
    const row = make("li", "d-arrival");
    const bar = make("progress", "d-arrival__bar");
    bar.max = file.size;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const status = make("p", "d-arrival__words", words.waits);
    const one = { file, row, bar, status, received: 0, tenth: 0, isPaused: false, isOver: false };
    one.pause = button(words.pause, file.name, () => {
      one.isPaused = !one.isPaused;
      one.pause.textContent = one.isPaused ? words.resume : words.pause;
      one.pause.setAttribute("aria-label", `${one.pause.textContent}: ${file.name}`);
      if (one.isPaused) say(one, words.paused);
      else next();
    });
    one.cancel = button(words.forget, file.name, () => cancel(one));
    const actions = make("div", "d-actions");
    actions.append(one.pause, one.cancel);
    row.append(make("strong", "d-arrival__name", file.name), bar, status, actions);
    list.append(row);
    list.hidden = false;
    queue.push(one);
  };
  const remove = (one) => {
    one.isOver = true;
    one.arrived?.remove();
    one.row.remove();
    list.hidden = !list.children.length;
    release();
  };
  const cancel = async (one) => {
    one.isCancelled = true;
    const beside = one.row.nextElementSibling ?? one.row.previousElementSibling;
    (beside?.querySelector("button:last-child:not([hidden])") ?? input).focus();
    remove(one);
    if (!one.id) return;
    const fields = new URLSearchParams({ csrf });
    await ask(`${words.arriving}${one.id}/forget/`, { method: "POST", body: fields }).catch(() => null);
  };

  class Refused extends Error {}
  class Lost extends Error {}
  class SignedOut extends Error {}

  // What the desk says; anything that is no word of it is a line that broke.
  const ask = async (address, sent) => {
    const answer = await fetch(address, { ...sent, redirect: "manual", headers: { Accept: "application/json", ...sent?.headers } });
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignedOut();
    if (answer.status === 404) throw new Lost();
    if (answer.status === 403) return null;
    if (![200, 409, 422].includes(answer.status)) throw new TypeError(String(answer.status));
    const told = await answer.json();
    if (told.refused) throw new Refused(told.refused);
    return told;
  };
  const begin = async (one) => {
    say(one, words.reads);
    const { file } = one;
    one.mark ??= await markOf(file);
    const start = hex(await file.slice(0, 64).arrayBuffer());
    const body = new URLSearchParams({ csrf, name: file.name, size: file.size, mark: one.mark, start });
    const told = await ask(words.arriving, { method: "POST", body });
    if (!told) throw new SignedOut();
    const from = told.received - told.tail_size;
    if (told.tail_size && (await digest(file.slice(from, told.received))) !== told.tail) {
      // Both ends are the same and the middle is not: it is another file.
      await ask(`${words.arriving}${told.id}/forget/`, { method: "POST", body: new URLSearchParams({ csrf }) });
      return begin(one);
    }
    place.querySelector(`[data-begun="${told.id}"]`)?.remove();
    take(one, told);
  };
  const take = (one, told) => {
    one.id = told.id;
    one.received = told.received;
    one.isWhole = told.is_whole;
    if (told.csrf && told.csrf !== csrf) signedInAgain(told.csrf);
    show(one);
  };
  // Nobody but the person whose file it is is told where it stands: the form is theirs still.
  const signedInAgain = (word) => {
    csrf = word;
    form.elements.namedItem("csrf").value = word;
    form.dispatchEvent(new Event("signed-in-again"));
  };
  const piece = async (one, size) => {
    const body = one.file.slice(one.received, one.received + size);
    const content = await body.arrayBuffer().catch(() => {
      throw new Refused(words.unreadable);
    });
    const headers = { "Content-Type": "application/octet-stream", "X-Csrf": csrf, "X-Offset": String(one.received) };
    const told = await ask(`${words.arriving}${one.id}/`, { method: "POST", body: content, headers });
    if (!told) return where(one);
    take(one, told);
  };
  const where = async (one) => take(one, await ask(`${words.arriving}${one.id}/`));

  // Pieces are as long as the line takes two seconds for: so little is lost when it breaks.
  const send = async (one) => {
    let size = FIRST;
    let failed = 0;
    let isKnown = Boolean(one.id);
    while (!one.isWhole && !one.isPaused && !one.isCancelled) {
      const started = performance.now();
      try {
        if (!one.id) await begin(one);
        else if (!isKnown) await where(one);
        else await piece(one, size);
        isKnown = true;
        failed = 0;
        const took = performance.now() - started;
        if (took < 1000) size = Math.min(LARGEST, size * 2);
        else if (took > 4000) size = Math.max(FIRST / 4, size / 2);
      } catch (error) {
        if (error instanceof Refused) return end(one, error.message);
        if (error instanceof Lost) return end(one, words.lost);
        if (one.isCancelled) return;
        say(one, error instanceof SignedOut ? words.signedOut : words.broken);
        isKnown = false;
        size = FIRST;
        await sleep(AGAIN[Math.min(failed++, AGAIN.length - 1)]);
      }
    }
    if (one.isWhole && !one.isCancelled) arrive(one);
  };
  const arrive = (one) => {
    one.arrived = make("input", "");
    one.arrived.type = "hidden";
    one.arrived.name = `arrived.${one.id}`;
    one.arrived.value = "1";
    form.append(one.arrived);
    end(one, words.whole);
    if (!held) form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const next = async () => {
    if (working) return;
    working = queue.find((one) => isActive(one) && !one.isPaused);
    if (!working) return release();
    awake ??= await navigator.wakeLock?.request("screen").catch(() => null);
    await send(working);
    working = null;
    next();
  };
  // What had to wait for a file goes on when there is none left to wait for.
  const release = () => {
    if (queue.some(isActive)) return;
    awake?.release();
    awake = null;
    if (!held) return;
    held.bar.remove();
    const { submitter } = held;
    held = null;
    form.requestSubmit(submitter);
  };

  document.addEventListener(
    "change",
    (event) => {
      if (event.target !== input) return;
      const rest = new DataTransfer();
      for (const file of input.files) {
        const isSent = file.size > WITH_THE_FORM || RECORDING.test(file.name) || /^(video|audio)\//.test(file.type);
        if (isSent && file.size) add(file);
        else rest.items.add(file);
      }
      if (rest.files.length !== input.files.length) input.files = rest.files;
      next();
    },
    true,
  );
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form) return;
      if (isLeaving || !queue.some(isActive)) {
        isLeaving = true;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (held) return;
      const bar = make("div", "d-note d-actions");
      bar.setAttribute("role", "status");
      const without = button(words.without, "", () => {
        isLeaving = true;
        form.requestSubmit(held.submitter);
      });
      without.removeAttribute("aria-label");
      bar.append(make("p", "", words.held), without);
      place.append(bar);
      bar.scrollIntoView({ block: "center" });
      held = { submitter: event.submitter, bar };
    },
    true,
  );
  // A saved draft holds the file: from now on the page shows it as one of its files.
  form.addEventListener("draft-saved", (event) => {
    for (const one of queue) {
      const name = one.arrived && event.detail.arrived?.[one.id];
      if (!name) continue;
      one.arrived.remove();
      one.arrived = null;
      one.hadFocus = one.row.contains(document.activeElement);
      one.cancel.hidden = true;
      one.added = name;
      say(one, words.added);
    }
  });
  form.addEventListener("file-shown", (event) => {
    const one = queue.find(({ added }) => added === event.detail.name);
    if (!one) return;
    one.added = null;
    remove(one);
    if (one.hadFocus) event.detail.field.focus();
  });
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && queue.some(isActive)) event.preventDefault();
  });
})();
