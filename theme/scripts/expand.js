// From a word of the query to the words of the index that it may mean: kbtool/search/expand.py in the
// browser. Only integers, so that both come to the same numbers.
import { grams, romanKey, romanise } from "./analyze.js";

export const UNIT = 1000;
const MOST = 8;
const SYNONYM = 700;
const LEAST = 250;
const BEST_GUESS = 900;
const SHORTEST = 3;
const PER_CONSONANT = 100;
const SUREST_KEY = 450;
const OTHER_KEY = 600;
const KEY_LETTERS = [..."abcdghiklnprstuvz"];

const size = (text) => Array.from(text).length;
const isAscii = (text) => /^[\x00-\x7f]*$/.test(text);
const gramSet = (word) => new Set([...grams(word, 2), ...grams(word, 3)]);
const share = (part, whole) => Math.floor((UNIT * part) / whole);
const cubed = (value) => Math.floor((value * value * value) / (UNIT * UNIT));

/** Optimal string alignment, as in kbtool/nearest.py. */
function distance(a, b) {
  const [left, right] = [Array.from(a), Array.from(b)];
  let before = [];
  let last = right.map((_, j) => j);
  last.push(right.length);
  left.forEach((x, i) => {
    const row = [i + 1];
    right.forEach((y, j) => {
      let cost = Math.min(last[j + 1] + 1, row[j] + 1, last[j] + (x === y ? 0 : 1));
      if (i > 0 && j > 0 && x === right[j - 1] && left[i - 1] === y) cost = Math.min(cost, before[j - 1] + 1);
      row.push(cost);
    });
    [before, last] = [last, row];
  });
  return last[right.length];
}

/** The larger of two measures: shared grams cubed, and edits counted, to the fourth power. */
function likeness(word, surface, common, gramsOfWord) {
  const alike = share(2 * common, gramsOfWord + gramSet(surface).size);
  const kept = UNIT - share(distance(word, surface), Math.max(size(word), size(surface)));
  const squared = Math.floor((kept * kept) / UNIT);
  return Math.max(alike > 250 ? cubed(alike) : 0, kept > 600 ? Math.floor((squared * squared) / UNIT) : 0);
}

/** How alike two spellings are. */
function likenessOf(a, b) {
  const [left, right] = [gramSet(a), gramSet(b)];
  let common = 0;
  for (const gram of left) if (right.has(gram)) common += 1;
  return likeness(a, b, common, left.size);
}

function oneEditAway(key) {
  const near = new Set();
  for (let i = 0; i <= key.length; i += 1) {
    if (i < key.length) near.add(key.slice(0, i) + key.slice(i + 1));
    for (const letter of KEY_LETTERS) {
      near.add(key.slice(0, i) + letter + key.slice(i));
      if (i < key.length) near.add(key.slice(0, i) + letter + key.slice(i + 1));
    }
  }
  near.delete(key);
  near.delete("");
  return near;
}

function add(table, key, number) {
  const list = table.get(key);
  if (list) list.push(number);
  else table.set(key, [number]);
}

export class Dictionary {
  constructor(surfaces, synonyms) {
    this.surfaces = surfaces;
    this.synonyms = new Map(Object.entries(synonyms));
    this.numbers = new Map(surfaces.map((surface, number) => [surface, number]));
    this.gramIndex = null;
    this.keyIndex = null;
  }

  /** [number of the surface, likeness of 1000], the surest first. */
  candidates(word) {
    const own = this.numbers.get(word);
    const found = new Map((this.synonyms.get(word) ?? []).map((number) => [number, SYNONYM]));
    if (own !== undefined) found.set(own, UNIT);
    const keep = ([number, value]) => found.set(number, Math.max(found.get(number) ?? 0, value));
    this.acrossScripts(word).forEach(keep);
    if (own === undefined && size(word) >= SHORTEST) this.alike(word).forEach(keep);
    return [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST);
  }

  alike(word) {
    if (!this.gramIndex) {
      this.gramIndex = new Map();
      this.surfaces.forEach((surface, number) => {
        for (const gram of gramSet(surface)) add(this.gramIndex, gram, number);
      });
    }
    const own = gramSet(word);
    const shared = new Map();
    for (const gram of own) {
      for (const number of this.gramIndex.get(gram) ?? []) shared.set(number, (shared.get(number) ?? 0) + 1);
    }
    const scored = [];
    let best = 0;
    for (const [number, common] of shared) {
      if (common * 4 < own.size) continue;
      const surface = this.surfaces[number];
      let value = likeness(word, surface, common, own.size);
      if (surface.startsWith(word)) value = Math.max(value, share(size(word), size(surface)));
      if (value) scored.push([number, value]);
      best = Math.max(best, value);
    }
    const raised = Math.min(BEST_GUESS, Math.floor((best * 8) / 5));
    return scored
      .map(([number, value]) => [number, Math.floor((value * raised) / best)])
      .filter(([, value]) => value >= LEAST);
  }

  acrossScripts(word) {
    const key = romanKey(word);
    if (!key) return [];
    if (!this.keyIndex) {
      this.keyIndex = new Map();
      this.surfaces.forEach((surface, number) => {
        const own = romanKey(surface);
        if (own) add(this.keyIndex, own, number);
      });
    }
    const latin = isAscii(word);
    const spelt = romanise(word);
    const found = [];
    const look = (near, sure, part) => {
      for (const number of this.keyIndex.get(near) ?? []) {
        const surface = this.surfaces[number];
        if (isAscii(surface) === latin) continue;
        const value = Math.max(sure, Math.floor((likenessOf(spelt, romanise(surface)) * part) / UNIT));
        const raised = Math.min(BEST_GUESS, Math.floor((value * 8) / 5));
        if (raised >= LEAST) found.push([number, raised]);
      }
    };
    look(key, Math.min(SUREST_KEY, PER_CONSONANT * (key.length - 1)), UNIT);
    for (const near of oneEditAway(key)) look(near, 0, OTHER_KEY);
    return found;
  }
}
