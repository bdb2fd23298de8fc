// Russian words end in many ways, and Material searches for the beginnings of words: «модулей»
// would not find «модуля». So a word is cut to its stem before Material's own worker, which is
// named in the address, looks for it. What stands in quotation marks is sought as it is written.
// This file lies beside that worker because the worker loads its languages relative to itself.
const stem = (word) => {
  const short = self.lunr?.ru?.stemmer(word.toLowerCase());
  return short?.length > 3 ? short : word;
};

addEventListener("message", ({ data }) => {
  if (data.type !== 2) return;
  data.data = data.data
    .split(/("[^"]*")/)
    .map((part, place) => (place % 2 ? part : part.replace(/[а-яё]+/gi, stem)))
    .join("");
});

const [worker] = location.search.match(/search\.\w+\.min\.js$/);
importScripts(worker);
