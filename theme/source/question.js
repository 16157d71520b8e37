// A query as the ranking sees it: kbtool/search/question.py and light.py in the browser.
import { SEA_GRAM, isCjk, isCutUp, size, surfaces, wholeWords } from "./analyze.js";
import * as W from "./weights.js";

const [MOST_WORDS, MOST_PIECES] = [32, 64]; // pieces: of scripts without spaces
const PLACES = 128; // more than there are words
const MOST_CHARACTERS = 512;

/** A run without spaces, cut at its light words of two characters and more: [part, whether it is one]. */
function marked(run, { light, longestLight }) {
  const all = Array.from(run);
  const parts = [];
  let start = 0;
  for (let at = 0; at < all.length; ) {
    let n = Math.min(longestLight, all.length - at);
    while (n > 1 && !light.has(all.slice(at, at + n).join(""))) n -= 1;
    if (n > 1) {
      parts.push([all.slice(start, at).join(""), false], [all.slice(at, at + n).join(""), true]);
      at += n;
      start = at;
    } else at += 1;
  }
  parts.push([all.slice(start).join(""), false]);
  return parts.filter(([part]) => part);
}

export function askedWords(text, locale, dictionary) {
  const { light } = dictionary;
  return wholeWords(text, locale).flatMap((word) => {
    if (!isCutUp(word)) return [[word, light.has(word)]];
    const parts = marked(word, dictionary);
    if (isCjk(word)) {
      return parts.flatMap(([part, isLight]) =>
        surfaces(part, locale).map((piece) => [piece, isLight || light.has(piece)]),
      );
    }
    // Every part of four characters is a word there: to cut them would lose some.
    const inside = parts.flatMap(([part, isLight]) => Array.from(part, () => isLight));
    const pieces = surfaces(word, locale).map((piece, at) => {
      return [piece, inside.slice(at, at + size(piece)).every((one) => one)];
    });
    // What is left between light words may be a word shorter than that.
    const isShort = ([part, isLight]) => !isLight && size(part) > 1 && size(part) < SEA_GRAM && part !== word;
    return [...pieces, ...parts.filter(isShort)];
  });
}

export function questionOf(query, locale, dictionary, idf) {
  const asked = askedWords(Array.from(query).slice(0, MOST_CHARACTERS).join(""), locale, dictionary);
  const light = new Set(asked.filter(([, isLight]) => isLight).map(([word]) => word));
  const places = new Map();
  const words = [];
  const left = new Map([[false, MOST_WORDS], [true, MOST_PIECES]]);
  for (const word of new Set(asked.map(([one]) => one))) {
    const cutUp = isCutUp(word);
    if (!left.get(cutUp)) continue;
    left.set(cutUp, left.get(cutUp) - 1);
    const meaning = dictionary.meaning(word, light.has(word));
    if (!meaning.stems.length) continue;
    const cjk = isCjk(word);
    let share = meaning.isLight ? W.LIGHT : 1;
    if (cjk) share *= size(word) === 2 ? W.CJK_PAIR : W.CJK_SINGLE;
    else share *= Math.sqrt(Math.sqrt(size(word)));
    const own = idf[meaning.stems[0][0]];
    const senses = meaning.stems.map(([stem, likeness]) => ({
      stem,
      likeness,
      weight: share * (likeness * Math.min(idf[stem], own)),
    }));
    places.set(word, words.length);
    words.push({ ...meaning, senses, weight: share * own, cjk });
  }
  const followers = new Set();
  asked.forEach(([word], i) => {
    const [a, b] = [places.get(word), places.get(asked[i + 1]?.[0])];
    if (a !== undefined && b !== undefined && a !== b) followers.add(pairOf(a, b));
  });
  return { words, followers };
}

export const pairOf = (a, b) => a * PLACES + b;
