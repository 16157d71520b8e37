// How a text is cut into words: the twin of kbtool/lang, which says why each rule is there.
// A test holds the two equal. Never ask the browser what a letter is (\w, \p{L}, toLowerCase):
// its version of Unicode is not the one that the index was built with.

import { CLASS_RUNS, FOLD_RUNS, FOLD_WORDS } from "./tables.js";

// Classes of characters, as in kbtool/lang/chars.py; the others need no name here.
const NOT_ASSIGNED = 0;
const NOT_A_WORD = 1;
const MARK = 2;
const CJK = 4;
const HANGUL = 5;
const SEA = 6;

const base36 = (text) => parseInt(text, 36);
const chars = (...codes) => String.fromCodePoint(...codes);
const span = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => chars(first + i));

// ---- tables: code point -> class, character -> folded

const CLASS = new Uint8Array(0x110000);
let next = 0;
for (const [, name, length] of CLASS_RUNS.matchAll(/([A-H])([0-9a-z]*)/g)) {
  const end = next + base36(length || "1");
  CLASS.fill(name.charCodeAt(0) - 65, next, end);
  next = end;
}
const classOf = (char) => CLASS[char.codePointAt(0)];

const FOLD = new Map();
let start = 0;
for (const run of FOLD_RUNS.split(" ")) {
  const [further, count, step, delta] = run.split(".").map(base36);
  start += further;
  for (let i = 0, code = start; i < count; i++, code += step) FOLD.set(chars(code), chars(code + delta));
}
let special = 0;
for (const word of FOLD_WORDS.split(" ")) {
  const [further, ...folded] = word.split(".").map(base36);
  special += further;
  FOLD.set(chars(special), chars(...folded));
}

// ---- normalisation, rules N1-N11 as in kbtool/lang/normalise.py

const INVISIBLE = [
  ..."\u200b\u200c\u200d\u2060\ufeff\u00ad\u20e3\u180b\u180c\u180d\u180f",
  ...span(0xfe00, 0xfe0f),
  ...span(0xe0100, 0xe01ef),
];
const DELETED = new Map(
  [...INVISIBLE, "\u0640", "\u093c", ...span(0x064b, 0x065f), "\u0670"].map((char) => [char, ""]),
);

// Pairs, written one after the other: what stands first becomes what follows it.
const pairs = (text) => new Map([...text].flatMap((char, i, all) => (i % 2 ? [] : [[char, all[i + 1]]])));
const RULES = pairs(
  "\u0929न\u0931र\u0934ळ" + // N4
    "\u0901\u0902" + // N5
    "\u0945\u0947\u0949\u094bऑओ। ॥ " + // N7
    "\u06c0\u06d5\u06c2\u06c1\u06d3\u06d2" + // N8
    "\u0623\u0627\u0625\u0627\u0622\u0627\u0671\u0627" + // N9: alef
    "\u0649\u064a\u0626\u064a\u06cc\u064a\u0624\u0648\u0629\u0647\u06a9\u0643" + // N9: the rest
    "\u0451\u0435\u2019'\u02bc'" + // N10
    "०0१1२2३3४4५5६6७7८8९9", // N11
);
const translate = (text, map) => Array.from(text, (char) => map.get(char) ?? char).join("");
const MAPPED = new Map([...RULES, ...Array.from(FOLD, ([char, folded]) => [char, translate(folded, RULES)])]);
const DOTLESS = pairs("İiIı"); // N1
const PASSES = 4;
const NASAL = /[ङञणनम]\u094d(?=[क-म])/g; // N6

const primary = (locale) => locale.split(/[-_]/)[0].toLowerCase();

export function normalise(text, locale) {
  text = Array.from(text, (char) => (classOf(char) === NOT_ASSIGNED ? " " : char)).join("");
  for (let pass = 0; pass < PASSES; pass++) {
    text = translate(text.normalize("NFKC"), DELETED).normalize("NFC");
    if (primary(locale) === "tr") text = translate(text, DOTLESS);
    const mapped = translate(text, MAPPED).replace(NASAL, "\u0902");
    text = mapped.normalize("NFC");
    if (text === mapped) break;
  }
  return text;
}

// ---- words

const ENDINGS = new Set(["en", "tr"]); // what follows an apostrophe is not part of the word
export const SEA_GRAM = 4;
const ALIKE = new Map([["đ", "d"], ["ı", "i"], ["ß", "ss"], ["ς", "σ"]]);

const fold = (word) => translate(word.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC"), ALIKE);

// [class, characters] of each word, cut where the class changes; a mark keeps the class before it.
function runs(text) {
  const all = Array.from(text + " ");
  const found = [];
  let start = 0;
  let current = NOT_A_WORD;
  const inside = (i) =>
    i + 1 < all.length && classOf(all[i + 1]) === current && ![NOT_A_WORD, CJK, SEA].includes(current);
  all.forEach((char, i) => {
    const kind = Math.max(classOf(char), NOT_A_WORD);
    if (kind === MARK || kind === current || (char === "'" && inside(i))) return;
    if (current !== NOT_A_WORD) found.push([current, all.slice(start, i)]);
    [start, current] = [i, kind];
  });
  return found;
}

function pieces(kind, word, locale) {
  if (kind === CJK) return word.flatMap((char, i) => (i + 1 < word.length ? [char, char + word[i + 1]] : [char]));
  if (kind === SEA) return windows(word, SEA_GRAM);
  const whole = word.join("");
  return [ENDINGS.has(primary(locale)) ? whole.split("'")[0] : whole];
}

function windows(all, n) {
  const count = Math.max(1, all.length - n + 1);
  return Array.from({ length: count }, (_, i) => all.slice(i, i + n).join(""));
}

const looked = (piece) => fold(piece).replaceAll("'", "");
const PLAIN = /^[\x00-\x7f]*$/;
const LONGEST_CACHED = 64;
const cached = new Map();

function surfacesIn(chunk, locale) {
  if (PLAIN.test(chunk) && primary(locale) !== "tr") {
    const words = chunk.toLowerCase().match(/[a-z0-9]+(?:'[a-z0-9]+)*/g) ?? [];
    return words.map((word) => (ENDINGS.has(primary(locale)) ? word.split("'")[0] : word.replaceAll("'", "")));
  }
  return runs(normalise(chunk, locale))
    .flatMap(([kind, word]) => pieces(kind, word, locale))
    .map(looked)
    .filter((surface) => surface);
}

export function surfaces(text, locale) {
  return text.split(/[ \n]+/).flatMap((chunk) => {
    if (chunk.length > LONGEST_CACHED) return surfacesIn(chunk, locale);
    const key = `${locale} ${chunk}`;
    if (!cached.has(key)) cached.set(key, surfacesIn(chunk, locale));
    return cached.get(key);
  });
}

/** The words in order; runs of scripts without spaces are not cut up. */
export function wholeWords(text, locale) {
  return runs(normalise(text, locale))
    .flatMap(([kind, word]) => (kind === CJK || kind === SEA ? [word.join("")] : pieces(kind, word, locale)))
    .map(looked)
    .filter((surface) => surface);
}

export const isCjk = (word) => classOf(word) === CJK;
export const isHangul = (word) => classOf(word) === HANGUL;
export const isCutUp = (word) => isCjk(word) || classOf(word) === SEA;
export const isAscii = (text) => PLAIN.test(text);

const PAIRED = /[\ud800-\udfff]/; // halves of characters that take two places
export const size = (text) => (PAIRED.test(text) ? Array.from(text).length : text.length);

export function grams(word, n) {
  const padded = `_${word}_`;
  if (PAIRED.test(word)) return windows(Array.from(padded), n);
  const found = [];
  for (let i = 0; i === 0 || i + n <= padded.length; i += 1) found.push(padded.slice(i, i + n));
  return found;
}

/** In the order of code points, as Python sorts. */
export function sorted(words) {
  words.sort();
  const astral = (a, b) => {
    const [left, right] = [Array.from(a), Array.from(b)];
    const at = left.findIndex((char, i) => char !== right[i]);
    if (at < 0) return left.length - right.length;
    return left[at].codePointAt(0) - (right[at]?.codePointAt(0) ?? -1);
  };
  return words.some((word) => PAIRED.test(word)) ? words.sort(astral) : words;
}

// ---- romanised Hindi, as in kbtool/lang/roman.py

// Groups, divided by spaces: the first character of each stands for all that follow it.
const groups = (text) =>
  new Map(text.split(" ").flatMap(([key, ...letters]) => letters.map((letter) => [letter, key])));
const DIGITS = pairs("०0१1२2३3४4५5६6७7८8९9");

const KEYS = new Map([
  ...groups("kकख gगघ nङञणनऩम\u0901\u0902 cचछ zजझ tटठतथ dडढदध pपफ bबभ yय rर\u0931ऋ\u0943 lलळ\u0934 vव sशषस hह"),
  ...DIGITS,
]);
const INITIAL = groups("aअआऄॲa iइईएऐऍऎei uउऊओऔऑऒou");
const LATIN_KEYS = [
  ["tion", "sn"], ["chh", "c"], ["ch", "c"], ["sh", "s"], ["ph", "p"], ["bh", "b"], ["gh", "g"], ["kh", "k"],
  ["th", "t"], ["dh", "d"], ["jh", "j"], ["x", "ks"], ["w", "v"], ["z", "j"], ["q", "k"], ["f", "p"],
];
const LAST = pairs("fpmnjz");

export function romanKey(surface) {
  let key;
  if (/^[a-z0-9]+$/.test(surface)) {
    key = surface.replace(/c(?![heiy]|ch)/g, "k").replace(/c(?=[eiy])/g, "s");
    for (const [spelling, letter] of LATIN_KEYS) key = key.replaceAll(spelling, letter);
    key = (INITIAL.get(key[0]) ?? "") + key.replace(/[aeiou]/g, "");
  } else if (/^[\u0900-\u097f]+$/.test(surface)) {
    const word = surface.replaceAll("ज\u094dञ", "ग");
    key = (INITIAL.get(word[0]) ?? "") + Array.from(word, (char) => KEYS.get(char) ?? "").join("");
  } else {
    return "";
  }
  key = translate(key, LAST).replace(/([a-z])\1+/g, "$1");
  return key.replaceAll("y", "") || key;
}

const TO_VOWELS = new Map([
  ...groups(
    "aअआ\u093eॲऄ iइई\u093f\u0940 uउऊ\u0941\u0942 eएऍऎ\u0947\u0945\u0946 Eऐ\u0948 " +
      "oओऑऒ\u094b\u0949\u094a Oऔ\u094c Rऋ\u0943ॠ\u0944 \u0902\u0901",
  ),
  ...[..."\u094d\u0903\u093d"].map((char) => [char, ""]),
]);
const TO_LATIN = new Map([
  ...pairs("कkगgङnजjञnटtडdणnतtदdनnपpफfबbमmयyरrलlळlवvसsहhəa\u0902n"),
  ...Object.entries({ ख: "kh", घ: "gh", च: "ch", छ: "chh", झ: "jh", ठ: "th", ढ: "dh", थ: "th", ध: "dh" }),
  ...Object.entries({ भ: "bh", श: "sh", ष: "sh", E: "ai", O: "au", R: "ri" }),
  ...DIGITS,
]);
const MEDIAL_BACKWARDS = /([aiueoEORə][क-हz])ə(?=[क-हz][aiueoEORə])/g;
const backwards = (text) => Array.from(text).reverse().join("");

export function romanise(word) {
  return word.replace(/[\u0900-\u097f]+/g, (part) => {
    let code = part.normalize("NFD").replaceAll("ज\u093c", "z").replaceAll("\u093c", "");
    code = translate(code.replace(/([क-हz])(?![\u093e-\u094d])/g, "$1ə"), TO_VOWELS);
    const final = /(?<=[aiueoEORə\u0902])([क-हz]+)ə$/.exec(code);
    if (final && !/^[क-हz][यरव]$/.test(final[1])) code = code.slice(0, -1);
    code = backwards(backwards(code).replace(MEDIAL_BACKWARDS, "$1"));
    code = code.replace(/\u0902(?=[पफबभम])/g, "m").replaceAll("जञ", "गय").replaceAll("चछ", "cछ");
    return translate(code, TO_LATIN).replace(/[\u0900-\u097f]/g, "");
  });
}
