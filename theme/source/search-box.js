// The search box as a combobox: answers while typing, keys, and a full screen of it on a phone.
import { openIndex } from "./search.js";

const LIMIT = 10;
const PAUSE = 90; // ms without a key before a search starts
const narrow = matchMedia("(max-width: 59.984375em)");

/** Pieces of `text`: [piece, whether it is one of the matched words], whole words only. */
export function split(text, words) {
  const letter = "[\\p{L}\\p{M}\\p{N}\\u200c\\u200d]";
  const choices = words.filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!choices.length) return [[text, false]];
  choices.sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<!${letter})(${choices.join("|")})(?!${letter})`, "giu");
  return text.split(pattern).map((piece, i) => [piece, i % 2 === 1]);
}

function element(tag, className, ...children) {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...children);
  return node;
}

function highlighted(className, text, words) {
  const pieces = split(text, words).map(([piece, hit]) => (hit ? element("mark", "", piece) : piece));
  return element("span", className, ...pieces);
}

function option(hit, id, words) {
  const link = element("a", "kb-hit");
  link.id = id;
  link.href = new URL(hit.url, new URL(words.root, location.href));
  link.tabIndex = -1;
  link.setAttribute("role", "option");
  const above = element("span", "kb-hit__section", hit.section || "");
  if (words.agents) {
    const name = hit.audience === "agents" ? words.agents : words.public;
    above.append(hit.section ? " · " : "", element("span", `kb-badge kb-badge--${hit.audience}`, name));
  }
  if (above.hasChildNodes()) link.append(above);
  link.append(highlighted("kb-hit__title", hit.title, hit.matched || []));
  const text = hit.passage || hit.description;
  if (text) link.append(highlighted("kb-hit__text", text, hit.matched || []));
  return link;
}

class SearchBox {
  constructor(form) {
    const find = (name) => form.querySelector(`.kb-search__${name}`);
    this.form = form;
    this.shell = form.closest(".kb-search");
    this.words = form.dataset;
    this.counts = this.words.counts.split("|");
    [this.input, this.panel, this.status, this.list] = ["input", "panel", "status", "results"].map(find);
    [this.failure, this.topics, this.heading, this.tip] = ["error", "topics", "heading", "tip"].map(find);
    [this.clear, this.retry, this.back, this.more] = ["clear", "retry", "back", "more"].map(find);
    this.index = null;
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
    this.list.addEventListener("click", () => this.remember());
    this.topics.addEventListener("click", () => this.close());
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
    return [...this.list.children];
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
  show({ text = "", hits = [], failed = false, none = false, help = none, more = false }) {
    const { list } = this;
    list.replaceChildren(...hits.map((hit, i) => option(hit, `${list.id}-${i}`, this.words)));
    this.status.textContent = text;
    list.hidden = !hits.length;
    this.more.hidden = !more;
    this.failure.hidden = !failed;
    this.topics.hidden = !help;
    this.heading.hidden = none;
    this.tip.hidden = !none;
    this.panel.classList.toggle("kb-search__panel--message", none || failed);
    this.panel.hidden = !(this.isOpen && (text || hits.length || help));
    this.input.setAttribute("aria-expanded", String(hits.length > 0 && !this.panel.hidden));
    this.activate(-1);
  }

  async opened() {
    this.index ??= openIndex(new URL(this.words.index, location.href).href, this.words.locale);
    return this.index.catch((error) => {
      this.index = null; // so that the next try opens it anew
      throw error;
    });
  }

  /** The first results. A large help center keeps the others until somebody wants them. */
  search() {
    return this.answer(async (query) => (await this.opened()).searchFirst(query, LIMIT));
  }

  async showMore() {
    const before = this.options.length;
    this.input.focus();
    await this.answer(async (query) => (await this.opened()).search(query, LIMIT));
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
      if (!isCurrent()) return;
      const { more, length } = hits;
      const top = this.words.top.replace("{n}", () => length);
      if (length) this.show({ text: more ? top : this.counts[length], hits, more });
      else this.show({ text: this.words.none.replace("{query}", () => query), none: true });
    } catch (error) {
      console.error(error);
      if (isCurrent()) this.show({ text: this.words.error, failed: true });
    } finally {
      clearTimeout(slow);
      if (isCurrent()) this.shell.classList.remove("kb-search--busy");
    }
  }

  wait() {
    this.shell.classList.add("kb-search--busy");
    if (this.list.hidden) this.show({ text: this.words.loading });
  }

  typed() {
    this.clear.hidden = !this.input.value;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), PAUSE);
  }

  open() {
    this.shell.classList.add("kb-search--open");
    document.documentElement.classList.add("kb-locked");
    if (document.activeElement !== this.input) this.input.focus();
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

  /** Keeps the question in the home page's address, so that the way back shows the answers again. */
  remember() {
    if (!this.shell.classList.contains("kb-search--hero")) return;
    const url = new URL(location.href);
    url.searchParams.set("q", this.input.value.trim());
    history.replaceState(history.state, "", url);
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

  async submit(event) {
    event.preventDefault();
    const chosen = this.options[this.active];
    if (chosen && !this.panel.hidden) {
      chosen.click();
      return;
    }
    if (!this.isOpen) this.open();
    await this.search();
    this.remember();
    if (narrow.matches) this.input.blur(); // the keyboard goes, the answers stay
    else if (this.options.length) this.activate(0);
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
