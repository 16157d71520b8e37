// The search of the help center in the browser: reads the index that the build wrote and orders as
// kbtool/search/rank.py does. Nothing is loaded before the first search.
import { surfaces } from "./analyze.js";
import { Dictionary, UNIT } from "./expand.js";

const VERSION = 2;
const DIGEST_LENGTH = 16;
const TRIES = 3; // openings of an index while new ones are published
const LIGHT = 300;
const MARKED = 500; // likeness from which a word is marked in the results
const MOST_WORDS = 32;
const MOST_CHARACTERS = 512;

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
  const [documents, words] = await Promise.all([
    load(base, manifest.files.documents),
    load(base, manifest.files.words),
  ]);
  return new Index(base, locale, manifest, documents, words);
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

  /** The best articles for a query, best first, equal scores by id, all of one release. */
  search(query, limit = 10) {
    return this.starting((index) => index.search(query, limit));
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
    if (!this.opened.has(name)) this.opened.set(name, load(this.base, name));
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
