// What the text of an article says for it as the answer: kbtool/search/evidence.py in the browser, with the
// same sums in the same order.
import { pairOf } from "./question.js";
import * as W from "./weights.js";

const saturated = (n, norm) => (n * (W.K1 + 1)) / (n + norm);
const normOf = ([, b], length, average) => W.K1 * (1 - b + (b * length) / average);
const sum = (values) => values.reduce((total, value) => total + value, 0);
const zeros = (question) => new Array(question.words.length).fill(0);
const lengthOf = (sentences) => sentences.reduce((total, sentence) => total + sentence.length, 0);

/** [{score, passage}] of the texts `{body, title, aliases}`, all in numbers of surfaces. */
export function judge(question, texts, corpus) {
  const senses = new Map();
  question.words.forEach((word, place) => {
    for (const { stem, weight, likeness } of word.senses) {
      if (!senses.has(stem)) senses.set(stem, []);
      senses.get(stem).push([place, weight, likeness]);
    }
  });
  const found = texts.map((text) => findIn(question, text, corpus, senses));
  const holders = new Map();
  for (const { pairs } of found) for (const pair of pairs.keys()) holders.set(pair, (holders.get(pair) ?? 0) + 1);
  const rarity = (n) => Math.round(Math.log(1 + (texts.length - n + 0.5) / (n + 0.5)) * 10000) / 10000;
  return found.map(({ score, passage, length, pairs }) => {
    const norm = normOf(W.FIELDS.body, length, corpus.lengths.body);
    let beside = 0;
    for (const [pair, [weight, times]] of pairs) beside += weight * saturated(times, norm) * rarity(holders.get(pair));
    return { score: score + W.PAIRS * beside, passage };
  });
}

function findIn(question, text, corpus, senses) {
  const known = zeros(question);
  let score = 0;
  for (const [name, field] of Object.entries(W.FIELDS)) {
    const sentences = name === "title" ? [text.title] : text[name];
    const length = lengthOf(sentences);
    if (!length) continue;
    const norm = normOf(field, length, corpus.lengths[name]);
    const counts = new Map();
    for (const sentence of sentences) {
      for (const surface of sentence) {
        const stem = corpus.stems[surface];
        if (senses.has(stem)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
      }
    }
    const best = zeros(question);
    for (const [stem, n] of counts) {
      const weight = saturated(n, norm);
      for (const [place, sense, likeness] of senses.get(stem)) {
        best[place] = Math.max(best[place], sense * weight);
        known[place] = Math.max(known[place], likeness);
      }
    }
    score += field[0] * sum(best);
  }
  score += W.TITLE * titleOf(question, text.title, corpus, senses);
  score += wordsAlone(question, text, known);
  const { worth, passage, pairs } = passagesOf(question, text, corpus, senses);
  return { score: score + worth, passage, length: lengthOf(text.body), pairs };
}

/** The words of the title that are asked for, and how much of the title they are. */
function titleOf(question, title, corpus, senses) {
  let [whole, held] = [0, 0];
  const best = zeros(question);
  for (const stem of new Set(title.map((surface) => corpus.stems[surface]))) {
    whole += corpus.idf[stem];
    let likely = 0;
    for (const [place, weight, likeness] of senses.get(stem) ?? []) {
      best[place] = Math.max(best[place], weight);
      likely = Math.max(likely, likeness);
    }
    held += likely * corpus.idf[stem];
  }
  return whole ? sum(best) * (held / whole) : 0;
}

/** The very forms that were typed, and words that look like them. */
function wordsAlone(question, text, known) {
  const times = new Map();
  for (const sentence of [...text.body, text.title, ...text.aliases]) {
    for (const surface of sentence) times.set(surface, (times.get(surface) ?? 0) + 1);
  }
  let score = 0;
  question.words.forEach((word, place) => {
    const n = times.get(word.surface) ?? 0;
    if (n) score += W.EXACT * word.weight * saturated(n, W.K1);
    let alike = known[place];
    for (const [surface, shared] of word.alike) if (shared > alike && times.has(surface)) alike = shared;
    score += W.ALIKE * word.weight * alike;
  });
  return score;
}

/** What the sentences give, the best of the body, and the words that stand side by side. */
function passagesOf(question, text, corpus, senses) {
  let [best, bestOwn, first, passage, whole] = [0, 0, 0, -1, 0];
  const opening = zeros(question);
  const [pairs, near] = [new Map(), new Map()];
  const body = text.body.length;
  [...text.body, text.title, ...text.aliases].forEach((sentence, number) => {
    const stems = sentence.map((surface) => corpus.stems[surface]);
    const hits = [];
    stems.forEach((stem, at) => senses.has(stem) && hits.push([at, senses.get(stem)]));
    if (!hits.length) return;
    const weights = inSentence(question, hits, sentence.length, corpus.lengths.sentence);
    const worth = sum(weights);
    best = Math.max(best, worth);
    if (number < body && worth > bestOwn) [bestOwn, passage] = [worth, number];
    if (!number) first = worth;
    if (number < W.OPENING_SENTENCES && number < body) {
      weights.forEach((weight, place) => (opening[place] = Math.max(opening[place], weight)));
    }
    whole = Math.max(whole, wholeOf(question, stems, corpus, senses));
    sideBySide(question, hits, pairs, near);
  });
  const worth = W.PASSAGE * best + W.OPENING * sum(opening) + W.WHOLE * whole;
  if (first && first >= W.FIRST_ENOUGH * bestOwn) passage = 0;
  return { worth: worth + W.NEAR * sum([...near.values()]), passage, pairs };
}

/** What each word weighs in a sentence: its likeliest meaning, more for each time, less in a long one. */
function inSentence(question, hits, length, average) {
  const norm = W.PASSAGE_K1 * (1 - W.PASSAGE_B + (W.PASSAGE_B * length) / average);
  const times = question.words.map(() => null);
  for (const [, hit] of hits) {
    for (const [place, weight] of hit) {
      times[place] ??= new Map();
      times[place].set(weight, (times[place].get(weight) ?? 0) + 1);
    }
  }
  return times.map((counts) => {
    let most = 0;
    for (const [weight, n] of counts ?? []) most = Math.max(most, (weight * (n * (W.PASSAGE_K1 + 1))) / (n + norm));
    return most;
  });
}

/** The words that a sentence answers, and how much of the sentence they are. */
function wholeOf(question, stems, corpus, senses) {
  let [whole, held] = [0, 0];
  const answered = zeros(question);
  for (const stem of new Set(stems)) {
    const weight = corpus.idf[stem] * (corpus.light.has(stem) ? W.LIGHT : 1);
    whole += weight;
    let likely = 0;
    for (const [place, , likeness] of senses.get(stem) ?? []) {
      answered[place] = Math.max(answered[place], likeness);
      likely = Math.max(likely, likeness);
    }
    held += weight * likely;
  }
  const total = sum(question.words.map((word, place) => answered[place] * word.weight));
  return whole ? total * (held / whole) : 0;
}

/** Adds the words of a sentence that stand beside or near each other. */
function sideBySide({ words, followers }, hits, pairs, near) {
  hits.forEach(([at, hit], i) => {
    for (let before = i - 1; before >= 0; before -= 1) {
      const distance = at - hits[before][0];
      if (distance > W.NEAR_WORDS) break;
      for (const [place, weight] of hit) {
        if (words[place].cjk) continue;
        for (const [other, otherWeight] of hits[before][1]) {
          if (other === place || words[other].cjk) continue;
          const value = Math.min(weight, otherWeight);
          const pair = pairOf(other, place);
          if (distance === 1 && followers.has(pair)) {
            const [most, times] = pairs.get(pair) ?? [0, 0];
            pairs.set(pair, [Math.max(most, value), times + 1]);
          }
          const key = pairOf(Math.min(place, other), Math.max(place, other));
          near.set(key, Math.max(near.get(key) ?? 0, value / distance));
        }
      }
    }
  });
}
