// The words of a site: which stand where, and the pages that answer a question best.
import { plain, stem } from "./word_forms.js";

const WORD = /[\p{L}\p{N}]+/gu;
// A word of the title of a page says more than one of a heading, and that more than one of the text.
const WEIGHTS = { page: 6, title: 3, text: 1 };
// How well a word answers: the word itself, a form of it, what begins with it, what begins alike.
const ITSELF = 3;
const FORM = 2;
const BEGINNING = 1.5;
const ALIKE = 1;

/** The words of a text with their places: plain, start, end. */
export const wordsOf = (text) =>
  [...text.matchAll(WORD)].map((found) => ({
    plain: plain(found[0]),
    start: found.index,
    end: found.index + found[0].length,
  }));

/** Read the entries of a search index; each is a page or a part of one. */
export const readIndex = (entries) => {
  const places = new Map();
  const read = entries.map((entry, number) => {
    const one = { location: entry.location, title: bare(entry.title), text: bare(entry.text) };
    for (const field of ["title", "text"]) {
      for (const word of wordsOf(one[field])) {
        if (!places.has(word.plain)) places.set(word.plain, []);
        places.get(word.plain).push({ number, field, ...word });
      }
    }
    return one;
  });
  return { entries: read, places };
};

/** Give the pages that answer, best first: `kind` says whether all words were found. */
export const ask = (index, question) => {
  const terms = termsOf(question);
  const answers = answersTo(index, terms);
  const whole = answers.filter((one) => one.terms === terms.length);
  if (whole.length) return { kind: "found", answers: whole };
  if (answers.length) return { kind: "part", answers };
  const near = terms.map((term) => nearest(index, term)).filter(Boolean);
  if (!near.length) return { kind: "none", answers: [] };
  return { kind: "near", word: near.join(" "), answers: answersTo(index, near.map(exactly)) };
};

const termsOf = (question) =>
  question.split(/[«"„“”]([^«»"„“”]*)[»"“”]/).flatMap((part, place) =>
    wordsOf(part).map((word) => (place % 2 ? exactly(word.plain) : { plain: word.plain, stem: stem(word.plain) })),
  );

const exactly = (word) => ({ plain: word, stem: null });

const strength = (term, word) => {
  if (word === term.plain) return ITSELF;
  if (term.stem === null) return 0;
  if (stem(word) === term.stem) return FORM;
  if (word.startsWith(term.plain)) return BEGINNING;
  return term.stem.length > 3 && word.startsWith(term.stem) ? ALIKE : 0;
};

const answersTo = (index, terms) => {
  const pages = new Map();
  terms.forEach((term, place) => {
    for (const [word, found] of index.places) {
      const worth = strength(term, word);
      if (worth) for (const hit of found) note(index, pages, place, hit, worth);
    }
  });
  return [...pages.values()].map(summed).sort((a, b) => b.terms - a.terms || b.score - a.score);
};

/** Remember a hit under its page, and under the part of the page it stands in. */
const note = (index, pages, place, hit, worth) => {
  const [page] = index.entries[hit.number].location.split("#");
  if (!pages.has(page)) pages.set(page, { best: new Map(), parts: new Map() });
  const { best, parts } = pages.get(page);
  const heads = hit.field === "title" && index.entries[hit.number].location === page;
  const weight = worth * WEIGHTS[heads ? "page" : hit.field];
  // Many hits of one word say little more than one.
  const before = best.get(place);
  best.set(place, Math.max(before ?? 0, weight) + (before ? 0.05 : 0));
  if (!parts.has(hit.number)) parts.set(hit.number, { score: 0, hits: [] });
  const part = parts.get(hit.number);
  part.score += weight;
  part.hits.push(hit);
};

const summed = ({ best, parts }) => {
  const [[number, part]] = [...parts].sort((a, b) => b[1].score - a[1].score);
  const score = [...best.values()].reduce((sum, one) => sum + one, 0);
  return { number, hits: part.hits, score, terms: best.size };
};

/** The word of the site that differs least from what was asked, if it differs little. */
const nearest = (index, term) => {
  let found = null;
  let least = term.plain.length < 4 ? 0 : term.plain.length < 8 ? 1 : 2;
  for (const word of index.places.keys()) {
    if (Math.abs(word.length - term.plain.length) > 2) continue;
    const differs = distance(term.plain, word, least);
    if (differs < least || (differs === least && !found)) [found, least] = [word, differs];
  }
  return found;
};

/** How many letters have to be changed, put in or left out; anything above `most` is as good. */
const distance = (one, other, most) => {
  let row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + same);
    }
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row[other.length];
};

/** Read a text of the index, which is HTML, in a document in which nothing runs or loads. */
const bare = (html) =>
  new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ").trim();
