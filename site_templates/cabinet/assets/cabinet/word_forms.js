// Words by their stems: «модулей», «модуля» and «модуль» are one word to a reader. Russian is cut
// by the rules of the Snowball stemmer (https://snowballstem.org/algorithms/russian/stemmer.html),
// with one rule more for the vowel that comes and goes: «оценок», «оценка».
const VOWEL = "аеиоуыэюя";
const AFTER_FIRST_VOWEL = new RegExp(`^([^${VOWEL}]*[${VOWEL}])(.*)$`);
const SECOND_REGION = new RegExp(`^[^${VOWEL}]*[${VOWEL}]+[^${VOWEL}](?:[^${VOWEL}]*[${VOWEL}]+[^${VOWEL}])`);
const GERUND = /(?:ив|ивши|ившись|ыв|ывши|ывшись|([ая])(?:в|вши|вшись))$/;
const REFLEXIVE = /с[яь]$/;
const ADJECTIVE =
  /(?:ее|ие|ые|ое|ими|ыми|ей|ий|ый|ой|ем|им|ым|ом|его|ого|ему|ому|их|ых|ую|юю|ая|яя|ою|ею)$/;
const PARTICIPLE = /(?:ивш|ывш|ующ|([ая])(?:ем|нн|вш|ющ|щ))$/;
const VERB = new RegExp(
  "(?:ила|ыла|ена|ейте|уйте|ите|или|ыли|ей|уй|ил|ыл|им|ым|ен|ило|ыло|ено|ят|ует|уют|ит|ыт|ены|" +
    "ить|ыть|ишь|ую|ю|([ая])(?:ла|на|ете|йте|ли|й|л|ем|н|ло|но|ет|ют|ны|ть|ешь|нно))$",
);
const NOUN = new RegExp(
  "(?:а|ев|ов|ие|ье|е|иями|ями|ами|еи|ии|и|ией|ей|ой|ий|й|иям|ям|ием|ем|ам|ом|о|у|ах|иях|ях|" +
    "ы|ь|ию|ью|ю|ия|ья|я)$",
);
const PASSING_VOWEL = new RegExp(`([^${VOWEL}])[ео]([кц])$`);

const known = new Map();

/** The word as it is compared: small letters, and е for ё. */
export const plain = (word) => word.toLowerCase().replaceAll("ё", "е");

/** The stem of a plain word; one that is too short to have one stands for itself. */
export const stem = (word) => {
  let found = known.get(word);
  if (found === undefined) {
    found = /[а-я]/.test(word) ? russian(word) : english(word);
    known.set(word, found);
  }
  return found;
};

const russian = (word) => {
  const [, start, whole] = AFTER_FIRST_VOWEL.exec(word) ?? [null, word, ""];
  // The second region is counted from the start of the word, endings are cut from its rest.
  const second = SECOND_REGION.exec(word)?.[0].length ?? Infinity;
  let rest = inflected(whole).replace(/и$/, "");
  const derived = /ость?$/.exec(rest);
  if (derived && start.length + derived.index >= second) rest = rest.slice(0, derived.index);
  rest = rest.replace(/ейше?$/, "");
  rest = /нн$/.test(rest) ? rest.slice(0, -1) : rest.replace(/ь$/, "");
  const short = start + rest;
  return short.length > 4 ? short.replace(PASSING_VOWEL, "$1$2") : short;
};

const inflected = (rest) => {
  if (GERUND.test(rest)) return cut(rest, GERUND);
  const active = cut(rest, REFLEXIVE);
  if (ADJECTIVE.test(active)) return cut(cut(active, ADJECTIVE), PARTICIPLE);
  if (VERB.test(active)) return cut(active, VERB);
  return cut(active, NOUN);
};

// Some endings count only after а or я, which stays.
const cut = (text, ending) =>
  text.replace(ending, (_all, vowel) => (typeof vowel === "string" ? vowel : ""));

const english = (word) => {
  if (word.length < 4) return word;
  const short = word.replace(/(?:'s|([^s])s)$/, "$1").replace(/ie$/, "y");
  if (short.length < 6) return short.replace(/e$/, "");
  return short.replace(/(?:ing|ed)$/, "").replace(/([^aeiou])\1$/, "$1").replace(/e$/, "");
};
