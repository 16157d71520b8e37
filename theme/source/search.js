// The search of the help center in the browser: reads the index that the build wrote (kbtool/search/format.py)
// and orders as kbtool/search/rank.py does. Nothing is loaded before the first search.
import { size, surfaces } from "./analyze.js";
import { judge } from "./evidence.js";
import { Dictionary, FIGURES } from "./expand.js";
import { questionOf } from "./question.js";
import * as W from "./weights.js";

export { isAscii, isCutUp, romanise, size, sorted, wholeWords } from "./analyze.js"; // for the other scripts
export { distance } from "./expand.js";
export { askedWords } from "./question.js";

const VERSION = 4;
const DIGEST_LENGTH = 12;
const TRIES = 3; // openings of an index while new ones are published
const MARKED = 0.5; // likeness from which a word is marked in the results
const [LEAST, ENOUGH] = [25, 80]; // characters of an excerpt
const [FEWEST_SLOTS, SPARE] = [16, 2]; // as in kbtool/search/slots.py
const FIRST_LETTER = 10; // among the figures

async function loadManifest(base) {
  // Not "no-cache": a release that came back is older than what the browser knows, and no news for some servers.
  const answer = await fetch(new URL("manifest.json", base), { cache: "reload" });
  if (!answer.ok) throw new Error(`manifest.json: ${answer.status}`);
  const manifest = await answer.json();
  if (manifest.version !== VERSION) throw new Error(`index version ${manifest.version}`);
  return manifest;
}

/** A file that never changes. What is kept of it may be damaged, or an old answer that it is missing. */
async function load(base, name) {
  let failure;
  for (const cache of ["force-cache", "reload"]) {
    const answer = await fetch(new URL(name, base), { cache });
    const data = answer.ok ? await answer.arrayBuffer() : null;
    if (data && (await bearsItsName(name, data))) return JSON.parse(new TextDecoder().decode(data));
    failure = data ? "damaged" : answer.status;
  }
  throw new Error(`${name}: ${failure}`);
}

/** Whether these are the bytes that the name was made of; browsers only tell on https and this machine. */
async function bearsItsName(name, data) {
  if (!globalThis.crypto?.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  const hexadecimal = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return name.includes(`-${hexadecimal.slice(0, DIGEST_LENGTH)}.`);
}

async function read(base, locale, manifest) {
  const { words, shards, frequent } = manifest.files;
  const files = [words, shards, frequent].map((name) => (name ? load(base, name) : {}));
  return new Index(base, locale, manifest, ...(await Promise.all(files)));
}

/** Opens the index in the directory `base` (an absolute URL that ends in a slash). */
export async function openIndex(base, locale) {
  const opened = new Opened(base, locale, await loadManifest(base));
  await opened.starting(() => {});
  return opened;
}

/** The index that is out. A new one may take its place at any time; then files of the old one are missing. */
class Opened {
  constructor(base, locale, manifest) {
    this.base = base;
    this.locale = locale;
    this.become(manifest);
  }

  become(manifest) {
    this.manifest = manifest;
    this.index = null;
  }

  /** The best articles for a query, best first, all of one release. */
  search(query, limit = 10) {
    return this.starting((index) => index.search(query, limit, true));
  }

  /** The first of them, with as few requests as the index allows; `more` says whether `search` gives more. */
  searchFirst(query, limit = 10) {
    return this.starting((index) => index.search(query, limit, false));
  }

  /** What `work` gives for the index; if it fails and another index is out by now, it starts over with that. */
  async starting(work) {
    for (let left = TRIES - 1; ; left -= 1) {
      const { manifest } = this;
      const isCurrent = () => this.manifest === manifest; // another query may have come to know the new one
      try {
        this.index ??= read(this.base, this.locale, manifest);
        return await work(await this.index);
      } catch (error) {
        if (isCurrent()) this.index = null; // so that the next try reads it anew
        const now = await loadManifest(this.base);
        if (isCurrent()) this.become(now);
        if (now.generation === manifest.generation || !left) throw error;
      }
    }
  }
}

/** What a query needs of the vocabulary, and where everything else lies. */
class Index {
  constructor(base, locale, manifest, words, shards, frequent) {
    this.base = base;
    this.locale = locale;
    this.requests = manifest.requests;
    this.shards = shards;
    this.frequent = frequent;
    this.dictionary = new Dictionary(words);
    const { stems, classes, lightStems: light } = this.dictionary;
    this.corpus = { stems, idf: classes.map((kind) => manifest.idf[kind]), light, lengths: manifest.lengths };
    let slots = FEWEST_SLOTS;
    while (slots < SPARE * manifest.documents) slots *= 2;
    this.neighbours = slots / shards.passages.length;
    this.totals = new Float64Array(slots);
    this.best = new Float64Array(slots);
    this.opened = new Map();
    this.postings = new Map();
    this.texts = new Map();
  }

  async search(query, limit, all) {
    const question = questionOf(query, this.locale, this.dictionary, this.corpus.idf);
    const [senses, shards] = this.lookedUp(question);
    await Promise.all([...shards].map((shard) => this.open("postings", shard)));
    const order = this.scored(senses).slice(0, Math.max(limit, W.AGAIN));
    const judged = this.judgedSlots(order, this.requests - shards.size);
    const shown = all ? order.slice(0, limit).map(([slot]) => slot) : [];
    const rows = new Set([...judged, ...shown].map((slot) => this.passagesOf(slot)));
    await Promise.all([...rows].map((shard) => this.open("passages", shard)));
    const worth = judge(question, judged.map((slot) => this.textOf(slot)), this.corpus);
    const hits = judged.map((slot, i) => [slot, worth[i].score, worth[i].passage]);
    const idOf = ([slot]) => this.rowOf(slot)[1];
    hits.sort((a, b) => b[1] - a[1] || (idOf(a) < idOf(b) ? -1 : 1));
    if (all) hits.push(...order.slice(judged.length).map(([slot, score]) => [slot, score, -1]));
    const matched = this.matched(question);
    const answer = hits.slice(0, limit).map((hit) => this.hit(...hit, matched));
    answer.index = this;
    answer.more = !all && order.length > judged.length && judged.length < limit;
    return answer;
  }

  /** For each word the senses whose postings are read, and in which shards those are. */
  lookedUp({ words }) {
    const most = Math.max(1, this.requests - W.FEWEST_PASSAGES);
    const shards = new Set();
    const found = words.map(() => []);
    const listed = words.flatMap(({ senses }, place) => senses.slice(0, W.SEARCHED).map((sense) => [place, sense]));
    listed.sort(([, a], [, b]) => b.weight - a.weight); // equal ones stay in the order of the words
    for (const [place, sense] of listed) {
      const shard = this.postingsOf(sense.stem);
      if (shard >= 0) {
        if (!shards.has(shard) && shards.size >= most) continue;
        shards.add(shard);
      }
      found[place].push(sense);
    }
    return [found, shards];
  }

  /** [slot, score], best first: for every word its likeliest meaning in the document, added up. */
  scored(senses) {
    const { totals, best } = this;
    const found = [];
    for (const meant of senses) {
      const touched = [];
      for (const { stem, weight } of meant) {
        const unit = weight / W.STEP;
        const [slots, impacts] = this.listOf(stem);
        for (let i = 0; i < slots.length; i += 1) {
          const points = unit * impacts[i];
          if (points <= best[slots[i]]) continue;
          if (!best[slots[i]]) touched.push(slots[i]);
          best[slots[i]] = points;
        }
      }
      for (const slot of touched) {
        if (!totals[slot]) found.push(slot);
        totals[slot] += best[slot];
        best[slot] = 0;
      }
    }
    const scores = found.map((slot) => [slot, totals[slot]]);
    for (const slot of found) totals[slot] = 0;
    return scores.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }

  /** The first documents, as many as there are requests for their passages. */
  judgedSlots(order, requests) {
    const shards = new Set();
    const found = [];
    for (const [slot] of order.slice(0, W.AGAIN)) {
      const shard = this.passagesOf(slot);
      if (!shards.has(shard) && shards.size >= requests) break;
      shards.add(shard);
      found.push(slot);
    }
    return found;
  }

  /** The shard of a stem, -1 if none has to be read for it: FNV-1a over the code points of its beginning, as in kbtool/search/postings.py. */
  postingsOf(stem) {
    const name = this.dictionary.names[stem];
    if (Object.hasOwn(this.frequent, name)) return -1;
    let value = 2166136261;
    for (const char of Array.from(name).slice(0, W.PREFIX)) {
      value = Math.imul(value ^ char.codePointAt(0), 16777619);
    }
    value >>>= 0;
    return ((value ^ (value >>> 15)) >>> 0) % this.shards.postings.length;
  }

  passagesOf(slot) {
    return Math.floor(slot / this.neighbours);
  }

  async open(kind, shard) {
    const name = `${kind}-${this.shards[kind][shard]}.json`;
    if (!this.opened.has(name)) this.opened.set(name, load(this.base, name));
    try {
      this.opened.set(name, await this.opened.get(name));
    } catch (error) {
      this.opened.delete(name);
      throw error;
    }
  }

  shard(kind, shard) {
    return this.opened.get(`${kind}-${this.shards[kind][shard]}.json`);
  }

  /** [slots, impacts] of a stem, written as kbtool/search/postings.py says. */
  listOf(stem) {
    if (!this.postings.has(stem)) {
      const [name, shard] = [this.dictionary.names[stem], this.postingsOf(stem)];
      const lists = shard < 0 ? this.frequent : this.shard("postings", shard);
      const text = Object.hasOwn(lists, name) ? lists[name] : "";
      const [slots, impacts] = [[], []];
      let slot = -1;
      for (const [, gap, letter] of text.matchAll(/([0-9]+)([a-zA-Z])/g)) {
        slots.push((slot += Number(gap)));
        impacts.push(FIGURES.indexOf(letter) - FIRST_LETTER);
      }
      this.postings.set(stem, [slots, impacts]);
    }
    return this.postings.get(stem);
  }

  rowOf(slot) {
    const row = this.shard("passages", this.passagesOf(slot)).find(([one]) => one === slot);
    if (!row) throw new Error(`no document in slot ${slot}`);
    return row;
  }

  /** The document in a slot, in numbers of words. */
  textOf(slot) {
    if (!this.texts.has(slot)) {
      const { numbers } = this.dictionary;
      const read = (text) => surfaces(text, this.locale).map((word) => numbers.get(word)).filter((n) => n >= 0);
      const [, , , title, , , , body, aliases] = this.rowOf(slot);
      this.texts.set(slot, { body: lines(body).map(read), title: read(title), aliases: lines(aliases).map(read) });
    }
    return this.texts.get(slot);
  }

  hit(slot, score, passage, matched) {
    const [, id, url, title, section, description, audience, body] = this.rowOf(slot);
    const shown = excerpt(lines(body), passage, description);
    return { id, url, title, section, description, audience, score: Math.floor(1000 * score), passage: shown, matched };
  }

  /** The words of the index that are worth marking in a result: surely meant, and no question or function words. */
  matched({ words }) {
    const telling = words.filter((word) => !word.isLight).flatMap((word) => word.senses);
    const stems = new Set(telling.filter(({ likeness }) => likeness >= MARKED).map(({ stem }) => stem));
    return this.dictionary.surfaces.filter((_, number) => stems.has(this.corpus.stems[number]));
  }
}

const lines = (text) => text.split("\n").filter((line) => line);

/** The sentence that answers, as kbtool/search/passages.py says. */
function excerpt(sentences, number, description) {
  const isQuiet = (text = "\t") => text[0] === "\t"; // of code or a table
  while (number > 0 && isQuiet(sentences[number])) number -= 1;
  if (number < 0 || (!number && (description || isQuiet(sentences[0])))) return "";
  let text = sentences[number];
  for (const next of sentences.slice(number + 1)) {
    if (size(text) >= ENOUGH || isQuiet(next)) break;
    text += ` ${next}`;
  }
  return description && size(text) < LEAST ? "" : text;
}
