// The page of search results: its address holds the question, so that it can be kept and sent.
import { element, hitLink, indexOf } from "./search-box.js";
import { gather, group, idsOf, keepQuestion, nearest, offer, ordered, suggestion, tellMeant } from "./search-more.js";

const STEP = 20; // results, and as many more each time
const PAUSE = 120; // ms without a key before a search starts

class ResultsPage {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.input = form.querySelector(".kb-search__input");
    this.clear = form.querySelector(".kb-search__clear");
    const place = document.querySelector("[data-kb-results]");
    const find = (name) => place.querySelector(`.kb-results__${name}`);
    this.list = place.querySelector(".kb-results__list");
    [this.status, this.meant, this.more] = ["status", "meant", "more"].map(find);
    [this.others, this.tip] = ["others", "tip"].map(find);
    this.topics = document.querySelector(".kb-results__topics .kb-cards");
    this.counts = this.words.counts.split("|");
    this.index = indexOf(this.words);
    this.title = document.title;
    this.asked = null;
    this.timer = 0;
    this.input.addEventListener("input", () => this.typed());
    form.addEventListener("reset", () => setTimeout(() => this.typed()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go(this.input.value.trim(), "pushState");
    });
    addEventListener("popstate", () => this.fromAddress());
    this.more.addEventListener("click", () => this.search(this.asked, this.limit + STEP));
    this.fromAddress();
  }

  fromAddress() {
    const query = new URLSearchParams(location.search).get("q") ?? "";
    this.input.value = query;
    this.search(query.trim());
  }

  typed() {
    clearTimeout(this.timer);
    this.clear.hidden = !this.input.value;
    this.timer = setTimeout(() => this.go(this.input.value.trim(), "replaceState"), PAUSE);
  }

  go(query, change) {
    clearTimeout(this.timer);
    if (query === this.asked) return;
    const url = new URL(location.href);
    if (query) url.searchParams.set("q", query);
    else url.searchParams.delete("q");
    history[change](null, "", url);
    this.search(query);
  }

  async search(query, limit = STEP) {
    const { words } = this;
    this.asked = query;
    this.limit = limit;
    this.clear.hidden = !this.input.value;
    document.title = query ? `“${query}” – ${this.title}` : this.title;
    if (!query) {
      this.show({});
      return;
    }
    const isCurrent = () => query === this.asked;
    const slow = setTimeout(() => isCurrent() && (this.status.textContent = words.loading), 150);
    try {
      const hits = await (await this.index()).search(query, limit);
      if (isCurrent()) await gather(this.form, query, hits, isCurrent, (...found) => this.answer(query, hits, ...found));
    } catch (error) {
      console.error(error);
      if (isCurrent()) this.show({ text: words.error });
    } finally {
      clearTimeout(slow);
    }
  }

  answer(query, hits, own, groups, isLed) {
    const { words, form } = this;
    const all = ordered(own, groups, isLed, words);
    const count = all.reduce((sum, one) => sum + one.hits.length, 0);
    const many = hits.length === this.limit && !isLed;
    const top = words.top.replace("{n}", () => count);
    let text = many ? top : (this.counts[count] ?? top);
    if (!count) text = words.none.replace("{query}", () => query);
    const meant = isLed ? "" : suggestion(query, hits.index);
    this.show({ text, all, meant, more: many, none: !count });
    if (meant) tellMeant(this.meant, meant, (asked) => this.ask(asked));
    keepQuestion(count ? "" : query, words);
    if (!count) nearest(this.topics, query, words.locale);
    offer(this.others, form, query, async (other) => {
      const theirs = await group(other, query, idsOf(all), STEP);
      if (query !== this.asked) return;
      if (!theirs.hits.length) this.status.textContent = other.nothing;
      else this.list.append(this.section(theirs));
    });
  }

  section({ hits, locale, dir, title }) {
    const items = hits.map((hit) => element("li", "", hitLink(hit, this.words, locale)));
    const list = element("ol", "kb-results__hits", ...items);
    if (!title) return list;
    [list.lang, list.dir] = [locale, dir];
    return element("section", "", element("h2", "kb-results__group", title), list);
  }

  show({ text = "", all = [], meant = "", more = false, none = false }) {
    this.status.textContent = text;
    this.list.replaceChildren(...all.map((one) => this.section(one)));
    this.meant.hidden = !meant;
    this.more.hidden = !more;
    this.others.hidden = true;
    this.tip.hidden = !none;
    this.topics?.closest("section").classList.toggle("kb-results__topics--first", none);
  }

  ask(query) {
    this.input.value = query;
    this.go(query, "pushState");
    this.input.focus();
  }

  open() {
    this.input.focus();
  }
}

/** Makes the page of results of the form and gives its handle. */
export function attach(form) {
  return new ResultsPage(form);
}
