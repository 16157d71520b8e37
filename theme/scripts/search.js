// The search of the help center in the browser: reads the index that the build wrote and orders as
// kbtool/search/rank.py does. Nothing is loaded before the first search.
import { surfaces } from "./analyze.js";
import { Dictionary, UNIT } from "./expand.js";

const VERSION = 1;
const LIGHT = 300;
const MARKED = 500; // likeness from which a word is marked in the results
const MOST_WORDS = 32;
const MOST_CHARACTERS = 512;

async function load(base, name, cache) {
  const answer = await fetch(new URL(name, base), { cache });
  if (!answer.ok) throw new Error(`${answer.status} for ${name}`);
  return answer.json();
}

/** Opens the index in the directory `base` (an absolute URL that ends in a slash). */
export async function openIndex(base, locale) {
  const manifest = await load(base, "manifest.json", "no-cache");
  if (manifest.version !== VERSION) throw new Error(`index version ${manifest.version}`);
  const [documents, words] = await Promise.all([
    load(base, manifest.files.documents, "force-cache"),
    load(base, manifest.files.words, "force-cache"),
  ]);
  return new Index(base, locale, manifest, documents, words);
}

/** The stems worth marking in a result: surely meant, and no question or function words. */
function likelyStems(meanings) {
  const telling = meanings.filter(([share]) => share === UNIT);
  return new Set(telling.flatMap(([, found]) => [...found].filter(([, value]) => value >= MARKED).map(([stem]) => stem)));
}

class Index {
  constructor(base, locale, manifest, documents, words) {
    this.base = base;
    this.locale = locale;
    this.documents = documents;
    this.dictionary = new Dictionary(words.surfaces ? words.surfaces.split(" ") : [], words.synonyms);
    this.stems = words.stems;
    this.light = new Set(words.light);
    this.shards = manifest.shards;
    this.opened = new Map();
  }

  /** The best articles for a query, best first, equal scores by id. */
  async search(query, limit = 10) {
    const text = Array.from(query).slice(0, MOST_CHARACTERS).join("");
    const words = [...new Set(surfaces(text, this.locale))].slice(0, MOST_WORDS);
    const meanings = words.map((word) => this.meanings(word));
    const stems = new Set(meanings.flatMap(([, found]) => [...found.keys()]));
    await Promise.all([...new Set([...stems].map((stem) => this.shardOf(stem)))].map((shard) => this.open(shard)));
    const totals = new Map();
    for (const [share, found] of meanings) {
      const best = new Map();
      for (const [stem, likeness] of found) this.collect(best, stem, likeness);
      for (const [number, points] of best) {
        totals.set(number, (totals.get(number) ?? 0) + Math.floor((points * share) / UNIT));
      }
    }
    const order = [...totals].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, limit);
    const matched = this.surfacesOf(likelyStems(meanings));
    return order.map(([number, score]) => {
      const [id, url, title, section, description, audience] = this.documents[number];
      return { id, url, title, section, description, audience, score, matched };
    });
  }

  /** How much a word counts, and the stems it may mean with their likeness. */
  meanings(word) {
    const candidates = this.dictionary.candidates(word);
    const stems = new Map();
    for (const [surface, likeness] of candidates) {
      const stem = this.stems[surface];
      stems.set(stem, Math.max(stems.get(stem) ?? 0, likeness));
    }
    return [candidates.length && this.light.has(candidates[0][0]) ? LIGHT : UNIT, stems];
  }

  shardOf(stem) {
    return this.shards.findLast(([, first]) => first <= stem);
  }

  async open([name]) {
    if (!this.opened.has(name)) this.opened.set(name, load(this.base, name, "force-cache"));
    try {
      this.opened.set(name, await this.opened.get(name));
    } catch (error) {
      this.opened.delete(name);
      throw error;
    }
  }

  collect(best, stem, likeness) {
    const [name, first] = this.shardOf(stem);
    const postings = this.opened.get(name)[stem - first];
    let number = 0;
    for (let i = 0; i < postings.length; i += 2) {
      number += postings[i];
      const points = Math.floor((postings[i + 1] * likeness) / UNIT);
      if (points > (best.get(number) ?? 0)) best.set(number, points);
    }
  }

  /** The words of the index behind these stems, for marking them in the results. */
  surfacesOf(stems) {
    return this.dictionary.surfaces.filter((_, number) => stems.has(this.stems[number]));
  }
}
