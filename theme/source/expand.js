// From a word of the query to the words of the index that it may mean: kbtool/search/expand.py and
// vocabulary.py in the browser, with the same sums in the same order.
import { SEA_GRAM, grams, isAscii, isCjk, isCutUp, isHangul, romanKey, romanise, size, sorted, surfaces } from "./analyze.js";
import * as W from "./weights.js";

export const FIGURES = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const KEY_LETTERS = [..."abcdghiklnprstuvz"];

/** Optimal string alignment, as in kbtool/nearest.py. */
export function distance(a, b) {
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

function worthOf(shared, kept) {
  const cubed = shared > 0.25 ? shared * shared * shared : 0;
  return Math.max(cubed, kept > 0.6 ? kept * kept * kept * kept : 0);
}

const gramSets = (word) => [2, 3, 4].map((n) => new Set(grams(word, n)));

function common(a, b) {
  let count = 0;
  for (const gram of a) if (b.has(gram)) count += 1;
  return count;
}

/** How alike two romanised words are. */
function sounds(a, b) {
  const [left, right] = [a, b].map((word) => new Set([...grams(word, 2), ...grams(word, 3)]));
  const kept = 1 - distance(a, b) / Math.max(size(a), size(b));
  return worthOf((2 * common(left, right)) / (left.size + right.size), kept);
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

function add(table, key, ...numbers) {
  const list = table.get(key);
  if (list) list.push(...numbers);
  else table.set(key, numbers);
}

function stemOf(surface, change) {
  const cut = FIGURES.indexOf(change[0]);
  if (cut === FIGURES.length - 1) return change.slice(1);
  const kept = cut ? Array.from(surface).slice(0, -cut).join("") : surface;
  return kept + change.slice(1);
}

export class Dictionary {
  constructor({ surfaces: words, stems, classes, light, foreign, synonyms, thesaurus }) {
    this.surfaces = words ? words.split(" ") : [];
    const changes = stems ? stems.split(" ") : [];
    const spelt = this.surfaces.map((surface, i) => stemOf(surface, changes[i]));
    this.names = sorted([...new Set(spelt)]);
    this.named = new Map(this.names.map((name, number) => [name, number]));
    this.stems = spelt.map((name) => this.named.get(name));
    this.classes = Array.from(classes, (kind) => FIGURES.indexOf(kind));
    this.numbers = new Map(this.surfaces.map((surface, number) => [surface, number]));
    this.light = new Set(light ? light.split(" ") : []);
    this.foreign = new Set(foreign.split(" "));
    this.longestLight = Math.max(0, ...Array.from(this.light, size));
    this.lightStems = new Set();
    for (const word of this.light) {
      for (const piece of surfaces(word, "")) {
        if (this.numbers.has(piece)) this.lightStems.add(this.stems[this.numbers.get(piece)]);
      }
    }
    this.synonyms = new Map(Object.entries(synonyms));
    this.thesaurus = new Map(); // stem or word that does not occur -> stems
    for (const group of thesaurus) {
      const known = group.filter((member) => typeof member === "number");
      for (const member of group) add(this.thesaurus, member, ...known.filter((other) => other !== member));
    }
    this.gramIndexes = [];
    this.sets = [];
    this.keyIndex = null;
    this.meanings = new Map();
    this.counts = new Uint16Array(this.surfaces.length);
  }

  meaning(word, isLight) {
    const key = `${isLight} ${word}`;
    if (!this.meanings.has(key)) this.meanings.set(key, this.understood(word, isLight));
    return this.meanings.get(key);
  }

  /** Whether the word occurs, or a list says what it means: then it is not misspelt. */
  knows(word) {
    return this.numbers.has(word) || this.synonyms.has(word) || this.thesaurus.has(word);
  }

  /** stems: [stem, likeness], the surest first; alike: surface -> likeness; surface: the very word, or -1. */
  understood(word, isLight) {
    const own = this.numbers.get(word) ?? -1;
    const found = new Map(own < 0 ? [] : [[this.stems[own], 1]]);
    const mayMean = (stem, likeness) => {
      if (likeness >= W.LEAST && likeness > (found.get(stem) ?? 0)) found.set(stem, likeness);
    };
    for (const stem of this.synonyms.get(word) ?? []) mayMean(stem, W.SYNONYM);
    if (!isLight) {
      for (const stem of this.thesaurus.get(own < 0 ? word : this.stems[own]) ?? []) mayMean(stem, W.THESAURUS);
    }
    const length = size(word);
    const spelt = length >= W.SHORTEST && length <= W.LONGEST && !isCutUp(word) && !isLight;
    const alike = spelt ? this.alike(word, own >= 0) : [];
    let surface = own;
    if (own < 0 && alike.length) {
      let best = -1;
      const worth = alike.map(([number, shared, kept]) => {
        const spelt = this.surfaces[number];
        let value = worthOf(shared, kept);
        if (spelt.startsWith(word)) value = Math.max(value, size(word) / size(spelt));
        if (value > best) [best, surface] = [value, number];
        return [number, value];
      });
      // What a list says of a word is surer than its spelling.
      const raised = found.size ? 1 : Math.min(W.BEST_GUESS, W.RAISED * best) / Math.max(best, W.LEAST / 2);
      for (const [number, value] of worth) mayMean(this.stems[number], value * raised);
    } else {
      for (const [number, shared, kept] of alike) mayMean(this.stems[number], worthOf(shared, kept));
    }
    for (const [stem, likeness] of this.beginsWith(word, own)) mayMean(stem, likeness);
    if ((own < 0 || !isLight) && length <= W.LONGEST) {
      for (const [number, likeness] of this.acrossScripts(word)) mayMean(this.stems[number], likeness);
    }
    const stems = [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    if (own < 0 && !isLight && stems.length) {
      isLight = stems[0][1] >= W.LIGHT_GUESS && this.lightStems.has(stems[0][0]);
    }
    return {
      stems: stems.slice(0, own < 0 ? W.MOST_UNKNOWN : W.MOST_KNOWN),
      alike: new Map(alike.map(([number, shared]) => [number, shared])),
      surface,
      isLight,
    };
  }

  /** What a word means that is the name of a stem, or too short to be misspelt. */
  *beginsWith(word, own) {
    if (own < 0 && this.named.has(word)) yield [this.named.get(word), W.BEST_GUESS];
    if (isHangul(word) && size(word) < W.SHORTEST) {
      for (const number of this.begun(word)) {
        yield [this.stems[number], Math.max(W.BEGUN, size(word) / size(this.surfaces[number]))];
      }
    } else if (own < 0 && isCutUp(word) && !isCjk(word) && size(word) < SEA_GRAM) {
      let numbers = this.begun(word);
      if (!numbers.length) numbers = this.surfaces.flatMap((one, number) => (one.endsWith(word) ? [number] : []));
      for (const number of numbers) yield [this.stems[number], W.PIECE];
    }
  }

  /** [number, shared grams, kept characters] of words spelt like it, in the order of their numbers. */
  alike(word, known) {
    const [n, least] = known ? [3, W.SHARED_TRIPLES] : [2, W.SHARED_PAIRS];
    const index = this.gramIndex(n);
    const own = gramSets(word);
    const length = size(word);
    const { counts } = this;
    const touched = [];
    for (const gram of own[n - 2]) {
      for (const number of index.get(gram) ?? []) if (!counts[number]++) touched.push(number);
    }
    if (!known) for (const number of this.begun(word)) if (!counts[number]) touched.push(number);
    const found = [];
    for (const number of touched.sort((a, b) => a - b)) {
      const surface = this.surfaces[number];
      const longer = size(surface);
      const begun = !known && surface.startsWith(word);
      const count = counts[number];
      counts[number] = 0;
      if (2 * count < least * (own[n - 2].size + longer + 3 - n) && !begun) continue;
      const theirs = (this.sets[number] ??= gramSets(surface));
      const dice = own.map((set, i) => (2 * common(set, theirs[i])) / (set.size + theirs[i].size));
      const shared = (dice[0] + dice[1] + dice[2]) / 3;
      const longest = Math.max(length, longer);
      const close = 5 * Math.abs(length - longer) <= 2 * longest;
      const kept = close && (!known || shared > W.WORTH_EDITS) ? 1 - distance(word, surface) / longest : 0;
      if (shared > W.SHARED_TRIPLES || kept > 0.6 || begun) found.push([number, shared, kept]);
    }
    return found;
  }

  /** The numbers of the words that begin with it, unless they are too many. */
  begun(word) {
    const found = [];
    this.surfaces.forEach((surface, number) => surface.startsWith(word) && found.push(number));
    return found.length <= W.MOST_BEGUN ? found : [];
  }

  *acrossScripts(word) {
    const key = romanKey(word);
    if (!key) return;
    if (!this.keyIndex) {
      this.keyIndex = new Map();
      this.surfaces.forEach((surface, number) => {
        const own = romanKey(surface);
        if (own) add(this.keyIndex, own, number);
      });
    }
    const latin = isAscii(word);
    const spelt = romanise(word);
    for (const near of [key, ...oneEditAway(key)]) {
      const sure = near === key ? Math.min(W.SUREST_KEY, W.PER_CONSONANT * (key.length - 1)) : 0;
      const share = near === key ? 1 : W.OTHER_KEY;
      for (const number of this.keyIndex.get(near) ?? []) {
        const surface = this.surfaces[number];
        if (isAscii(surface) === latin) continue;
        const worth = Math.max(sure, sounds(spelt, romanise(surface)) * share);
        yield [number, Math.min(W.BEST_KEY, W.RAISED_KEY * worth)];
      }
    }
  }

  gramIndex(n) {
    if (!this.gramIndexes[n]) {
      const index = new Map();
      this.surfaces.forEach((surface, number) => {
        for (const gram of new Set(grams(surface, n))) add(index, gram, number);
      });
      this.gramIndexes[n] = index;
    }
    return this.gramIndexes[n];
  }
}
