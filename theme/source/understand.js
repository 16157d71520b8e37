// What a query says beside its answers: whether it is misspelt, and in which language it is.
// The first is kbtool/search/suggest.py in the browser. `index` is what answers carry as `hits.index`.
import { askedWords, distance, isAscii, isCutUp, size, sorted } from "./search.js";

const MOST_CHARACTERS = 512;
const TYPED = /[^ \t\n\r\f\v!-&(-/:-@[-`{-~।॥]+/gu;
const [SHORTEST, SHORT, LONG] = [4, 5, 9];
const [ENDING, SIGNED_ENDING] = [1, 2];
const SURE = 0.75; // likeness from which a word is no guess

/** Whether the first word is the second with a slip, and neither an inflection nor the beginning of it. */
function isMisspelt(word, likely) {
  const [a, b] = [Array.from(word), Array.from(likely)];
  const same = a.findIndex((char, i) => char !== b[i]);
  if (sorted([...a]).join("") === sorted([...b]).join("")) return distance(word, likely) === 1;
  const ending = isAscii(word) ? ENDING : SIGNED_ENDING;
  if (a.length < SHORT || same < 0 || Math.max(a.length, b.length) - same <= ending) return false;
  return distance(word, likely) <= (a.length >= LONG && same ? 2 : 1);
}

/** The word of the index that was meant, or what was typed. */
function meant(typed, { dictionary, locale }) {
  const asked = askedWords(typed, locale, dictionary);
  if (asked.length !== 1 || asked[0][1]) return typed;
  const [[word]] = asked;
  if (size(word) < SHORTEST || isCutUp(word) || dictionary.knows(word)) return typed;
  const { surface, stems } = dictionary.meaning(word, false);
  if (surface < 0 || !stems.length || stems[0][0] !== dictionary.stems[surface]) return typed;
  const likely = dictionary.surfaces[surface];
  return isMisspelt(word, likely) ? likely : typed;
}

/** The query as it was probably meant; "" when nothing in it is surely misspelt. */
export function suggestion(query, index) {
  const read = Array.from(query).slice(0, MOST_CHARACTERS).join("");
  const corrected = read.replace(TYPED, (typed) => meant(typed, index));
  return corrected === read ? "" : corrected.replace(/[ \t\n\r\f\v]+/g, " ").replace(/^ | $/g, "");
}

/** The words of a query: how surely the likeliest meaning of each is meant, and whose function word it is. */
function read(query, { dictionary, locale }) {
  const text = Array.from(query).slice(0, MOST_CHARACTERS).join("");
  return askedWords(text, locale, dictionary).map(([word, isLight]) => {
    const sure = dictionary.meaning(word, isLight).stems[0]?.[1] ?? 0;
    // A word of two letters sounds like many.
    const isTheirs = !isLight && dictionary.foreign.has(word) && (size(word) > 2 || sure < SURE);
    return { isLight, isTheirs, sure };
  });
}

const count = (list, key) => list.filter((word) => word[key]).length;

/** Whether the query is in another language of the site: most of its function words are of that one. */
export function isForeign(query, index) {
  const words = read(query, index);
  return count(words, "isTheirs") > count(words, "isLight");
}

/** Whether what is found rests on guesses: a query in the letters of another language, few of its words known by their sound. */
export function isGuess(query, index) {
  const words = read(query, index);
  if (isInOwnLetters(query, index.dictionary) || count(words, "isLight")) return false;
  const telling = words.filter(({ isTheirs }) => !isTheirs);
  return telling.reduce((sum, { sure }) => sum + sure, 0) < SURE * telling.length;
}

const BEYOND_LATIN = /[^\u0000-\u024f\u1e00-\u1eff\u2000-\u206f]/;

/** Whether the query is in the letters of the index: Latin ones, or those of another script. */
function isInOwnLetters(query, { light, surfaces }) {
  const words = light.size ? [...light] : surfaces;
  const others = words.filter((word) => BEYOND_LATIN.test(word)).length;
  return BEYOND_LATIN.test(query) === others > words.length / 4;
}
