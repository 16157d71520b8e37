// The search box as a combobox: answers while typing, keys, and a full screen of it on a phone.
import { openIndex, wholeWords } from "./search.js";

const LIMIT = 10;
const PAUSE = 40; // ms without a key before a search starts
const narrow = matchMedia("(max-width: 59.984375em)");
const WORD = /[\p{L}\p{M}\p{N}\u200c\u200d'’]+/gu;
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u9fff\uf900-\ufaff]/;

export function element(tag, className, ...children) {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...children);
  return node;
}

/** Pieces of `text`: [piece, whether it is one of the words], whole words only, where words have an end. */
export function split(text, words, locale) {
  const found = [];
  const add = (piece, hit) => {
    const last = found.at(-1);
    if (last && last[1] === hit) last[0] += piece;
    else if (piece) found.push([piece, hit]);
  };
  let at = 0;
  for (const { 0: run, index } of text.matchAll(WORD)) {
    add(text.slice(at, index), false);
    at = index + run.length;
    if (UNSPACED.test(run)) {
      // Its words have no end: whatever belongs to one of them is marked.
      const marked = Array(run.length).fill(false);
      for (const word of words) {
        for (let i = run.indexOf(word); i >= 0; i = run.indexOf(word, i + 1)) marked.fill(true, i, i + word.length);
      }
      marked.forEach((hit, i) => add(run[i], hit));
    } else add(run, wholeWords(run, locale).some((word) => words.has(word)));
  }
  add(text.slice(at), false);
  return found;
}

function highlighted(className, text, { matched, locale }) {
  const pieces = split(text, matched, locale).map(([piece, hit]) => (hit ? element("mark", "", piece) : piece));
  return element("span", className, ...pieces);
}

/** The link of a result: its section, title and what of it answers. `words` are those of the form. */
export function hitLink(hit, words, locale) {
  const link = element("a", "kb-hit");
  const marks = { matched: new Set(hit.matched), locale };
  link.href = new URL(hit.url, new URL(words.root, location.href));
  const above = element("span", "kb-hit__section", hit.section || "");
  if (words.agents) {
    const name = hit.audience === "agents" ? words.agents : words.public;
    above.append(hit.section ? " · " : "", element("span", `kb-badge kb-badge--${hit.audience}`, name));
  }
  if (above.hasChildNodes()) link.append(above);
  link.append(highlighted("kb-hit__title", hit.title, marks));
  const text = hit.passage || hit.description;
  if (text) link.append(highlighted("kb-hit__text", text, marks));
  return link;
}

/** The index of a form, opened when it is first needed, and anew after a failure. */
export function indexOf(words) {
  let opened = null;
  return async () => {
    opened ??= openIndex(new URL(words.index, location.href).href, words.locale);
    try {
      return await opened;
    } catch (error) {
      opened = null;
      throw error;
    }
  };
}

class SearchBox {
  constructor(form) {
    const find = (name) => form.querySelector(`.kb-search__${name}`);
    this.form = form;
    this.shell = form.closest(".kb-search");
    this.words = form.dataset;
    this.counts = this.words.counts.split("|");
    [this.input, this.panel, this.status, this.list] = ["input", "panel", "status", "results"].map(find);
    [this.failure, this.topics] = ["error", "topics"].map(find);
    [this.clear, this.retry, this.back, this.more] = ["clear", "retry", "back", "more"].map(find);
    [this.meant, this.all, this.others] = ["meant", "all", "others"].map(find);
    this.index = indexOf(this.words);
    this.beside = null;
    this.asked = "";
    this.timer = 0;
    this.active = -1;
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");
    this.clear.hidden = !this.input.value;
    this.listen();
  }

  listen() {
    const { form, input } = this;
    input.addEventListener("input", () => this.typed());
    input.addEventListener("focus", () => this.isOpen || this.open());
    input.addEventListener("keydown", (event) => this.move(event));
    form.addEventListener("submit", (event) => this.submit(event));
    form.addEventListener("reset", () => {
      input.focus();
      setTimeout(() => this.typed());
    });
    form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !form.contains(event.relatedTarget)) this.close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.shell.contains(event.target) && !narrow.matches) this.close();
    });
    this.back.addEventListener("click", () => this.leave());
    this.more.addEventListener("click", () => this.showMore());
    this.retry.addEventListener("click", () => {
      input.focus();
      this.search();
    });
  }

  get isOpen() {
    return this.shell.classList.contains("kb-search--open");
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  /** Makes the result at that position the chosen one; -1 for none. */
  activate(position) {
    this.active = position;
    this.options.forEach((link, i) => link.setAttribute("aria-selected", String(i === position)));
    const chosen = this.options[position];
    if (!chosen) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  /** Shows one state of the panel; what is not named is hidden. */
  show({ text = "", items = [], failed = false, none = false, help = none, more = false, meant = "" }) {
    const { list } = this;
    const chosen = this.options[this.active]?.href; // stays chosen when more is found beside it
    list.replaceChildren(...items);
    list.querySelectorAll("a").forEach((link, i) => {
      link.id = `${list.id}-${i}`;
      link.tabIndex = -1;
      link.setAttribute("role", "option");
    });
    const found = this.options.length > 0;
    this.status.textContent = text;
    list.hidden = !found;
    this.more.hidden = !more;
    this.all.hidden = !found;
    this.all.href = `${this.form.action}?${new URLSearchParams({ q: this.asked })}`;
    this.failure.hidden = !failed;
    this.topics.hidden = !help;
    this.meant.hidden = !meant;
    this.others.hidden = true;
    this.panel.classList.toggle("kb-search__panel--message", none || failed);
    this.panel.hidden = !(this.isOpen && (text || found || help));
    this.input.setAttribute("aria-expanded", String(found && !this.panel.hidden));
    this.activate(this.options.findIndex((link) => link.href === chosen));
  }

  /** The first results. A large help center keeps the others until somebody wants them. */
  search() {
    return this.answer(async (query) => (await this.index()).searchFirst(query, LIMIT));
  }

  async showMore() {
    const before = this.options.length;
    this.input.focus();
    await this.answer(async (query) => (await this.index()).search(query, LIMIT));
    this.activate(Math.min(before, this.options.length - 1));
  }

  async answer(ask) {
    clearTimeout(this.timer);
    const query = this.input.value.trim();
    this.asked = query;
    this.shell.classList.remove("kb-search--busy");
    if (!query) {
      this.show({ help: narrow.matches });
      return;
    }
    const isCurrent = () => query === this.asked; // not an answer to what was typed before
    const slow = setTimeout(() => isCurrent() && this.wait(), 150);
    try {
      const hits = await ask(query);
      const beside = await this.beside;
      if (!isCurrent()) return;
      if (beside) await beside(this, query, hits, isCurrent);
      else this.state(hits, hits.map((hit) => hitLink(hit, this.words, this.words.locale)));
    } catch (error) {
      console.error(error);
      if (isCurrent()) this.show({ text: this.words.error, failed: true });
    } finally {
      clearTimeout(slow);
      if (isCurrent()) this.shell.classList.remove("kb-search--busy");
    }
  }

  /** Shows results, or that there are none. */
  state({ length, more }, items, count = length, meant = "") {
    const { words } = this;
    const top = words.top.replace("{n}", () => count);
    if (count) this.show({ text: more || length === LIMIT ? top : (this.counts[count] ?? top), items, more, meant });
    else this.show({ text: words.none.replace("{query}", () => this.asked), none: true, meant });
  }

  wait() {
    this.shell.classList.add("kb-search--busy");
    if (this.list.hidden) this.show({ text: this.words.loading });
  }

  typed() {
    this.clear.hidden = !this.input.value;
    this.activate(-1);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), PAUSE);
  }

  open() {
    this.shell.classList.add("kb-search--open");
    document.documentElement.classList.add("kb-locked");
    if (document.activeElement !== this.input) this.input.focus();
    // What is not needed for the first results comes beside them; without it the search is plainer.
    this.beside ??= import("./search-more.js").then((more) => more.ready(this), console.error);
    this.search();
  }

  close() {
    clearTimeout(this.timer);
    this.asked = null; // an answer that is still on its way comes too late
    this.shell.classList.remove("kb-search--open", "kb-search--busy");
    document.documentElement.classList.remove("kb-locked");
    this.panel.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  leave() {
    this.close();
    const opener = document.querySelector("[data-kb-search-open]");
    if (opener?.offsetParent) opener.focus();
    else this.input.blur();
  }

  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !this.list.hidden && !this.panel.hidden) {
      event.preventDefault();
      // One place before the first and after the last is the box itself.
      const places = this.options.length + 1;
      this.activate(((this.active + 1 + step + places) % places) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.leave();
    }
  }

  /** A chosen result is opened; else the form goes where it would without a script: to the page of results. */
  submit(event) {
    const chosen = this.options[this.active];
    if (chosen && !this.panel.hidden) chosen.click();
    if (chosen || !this.input.value.trim()) event.preventDefault();
  }

  /** Asks in the reader's name, as when the address of the page holds a question. */
  ask(query) {
    this.input.value = query;
    this.clear.hidden = false;
    this.open();
  }
}

/** Makes a search box of the form and gives its handle. */
export function attach(form) {
  const box = new SearchBox(form);
  if (document.activeElement === box.input) box.open();
  return box;
}
