// What the search says beside its first answers: what was probably meant, what other languages have, the
// nearest topics, and the question kept for whoever is asked next. Loaded when the box is touched.
import { element, hitLink, indexOf } from "./search-box.js";
import { distance, isAscii, romanise, size, wholeWords } from "./search.js";
import { isForeign, isGuess, suggestion } from "./understand.js";

export { isForeign, isGuess, suggestion };

const LIMIT = 10;
const FEW = 3; // with fewer results another language is asked as well
const OF_OTHERS = 5; // results of another language
const ASKED = 2; // languages that are asked of themselves
const OFFERED = 3; // languages that are offered
const NEAR = 0.6; // likeness of a word to one of a topic, from which the topic is near

const known = new WeakMap();

/** The other languages of a form: all, and those that are asked of themselves, which readers probably know. */
function others(form) {
  if (!known.has(form)) {
    const read = navigator.languages.map(primary);
    const all = JSON.parse(form.dataset.others || "[]");
    for (const other of all) other.open = indexOf(other);
    const asked = all.filter(({ locale, source }) => source || read.includes(primary(locale))).slice(0, ASKED);
    known.set(form, { all, asked });
  }
  return known.get(form);
}

const primary = (tag) => tag.split("-")[0].toLowerCase();

/** What another language has: a group of results, those left out that are shown already; none when it fails. */
export async function group(other, query, shown, most = OF_OTHERS) {
  other.tried = query;
  try {
    const found = await (await other.open()).searchFirst(query, Math.max(LIMIT, most));
    const isSure = found.length > 0 && !isGuess(query, found.index);
    const hits = found.filter(({ id }) => !shown.has(id)).slice(0, most);
    return { ...other, hits, isSure };
  } catch (error) {
    console.error(error); // the page's own results are worth more than this
    return { ...other, hits: [], isSure: false };
  }
}

/** The ids of all results of the groups. */
export const idsOf = (groups) => new Set(groups.flatMap(({ hits }) => hits.map(({ id }) => id)));
const without = (hits, ids) => hits.filter(({ id }) => !ids.has(id));

/** Gives `tell(own, groups)` the results in order: at once those that can be, and again when more has come.
 * The groups lead when the question is in their language, or when the page's own answers are guesses from
 * how the words sound and theirs are other ones. */
export async function gather(form, query, hits, isCurrent, tell) {
  const { asked } = others(form);
  const isTheirs = hits.length > 0 && isForeign(query, hits.index);
  const isDoubtful = isTheirs || (hits.length > 0 && isGuess(query, hits.index));
  if (!asked.length || ((hits.length >= FEW || hits.more) && !isDoubtful)) return tell(hits, []);
  if (hits.length && !isDoubtful) tell(hits, []);
  const own = idsOf([{ hits }]);
  const groups = await Promise.all(asked.map((other) => group(other, query, isDoubtful ? new Set() : own)));
  if (!isCurrent()) return undefined;
  const sure = isDoubtful ? groups.filter((one) => one.isSure) : [];
  const isRight = sure.some((one) => one.hits.slice(0, FEW).some(({ id }) => id === hits[0].id));
  if (sure.length && (isTheirs || !isRight)) {
    return tell(without(hits, idsOf(sure)).slice(0, OF_OTHERS), sure, true);
  }
  const rest = groups.map((one) => ({ ...one, hits: without(one.hits, own) })).filter((one) => one.hits.length);
  return tell(hits, hits.length < FEW ? rest : []);
}

/** The groups as what stands in a list box, each under its name. */
function listed(groups, words) {
  return groups.flatMap(({ hits, locale, dir, title }, number) => {
    const links = hits.map((hit) => hitLink(hit, words, locale));
    if (!title) return links;
    const name = element("div", "kb-search__group", title);
    name.id = `kb-search-group-${number}`;
    const section = element("div", "", name, ...links);
    section.setAttribute("role", "group");
    section.setAttribute("aria-labelledby", name.id);
    for (const link of links) [link.lang, link.dir] = [locale, dir];
    return [section];
  });
}

const counted = (groups) => groups.reduce((sum, { hits }) => sum + hits.length, 0);

/** All groups in order: the page's own, and those of other languages, which lead when the question is theirs. */
export function ordered(own, groups, isLed, words) {
  const mine = { hits: own, locale: words.locale, dir: words.dir, title: isLed ? words.own : "" };
  return (isLed ? [...groups, mine] : [mine, ...groups]).filter(({ hits }) => hits.length);
}

/** Puts the topics of the navigation, without the way home, into the box. Gives `complete`. */
export function ready(box) {
  const links = document.querySelectorAll("#kb-nav .md-nav__list > li + li > a");
  const items = [...links].map((link) => {
    const item = element("li");
    const topic = item.appendChild(element("a"));
    topic.href = link.href;
    topic.append(...[...link.children].map((part) => part.cloneNode(true)));
    topic.querySelector("[id]")?.removeAttribute("id");
    return item;
  });
  box.topics.querySelector("ul").replaceChildren(...items);
  box.topics.addEventListener("click", () => box.close());
  return complete;
}

/** Shows the results of the box with all that belongs beside them. */
function complete(box, query, hits, isCurrent) {
  const { form, words } = box;
  return gather(form, query, hits, isCurrent, (own, groups, isLed) => {
    const all = ordered(own, groups, isLed, words);
    const count = counted(all);
    const meant = isLed ? "" : suggestion(query, hits.index);
    box.state({ length: own.length, more: hits.more && !isLed }, listed(all, words), count, meant);
    if (meant) tellMeant(box.meant, meant, (text) => box.ask(text));
    keepQuestion(count ? "" : query, words);
    if (!count) nearest(box.topics.querySelector("ul"), query, words.locale);
    offerMore(box, query, own.length, all, isCurrent);
  });
}

/** Offers the other languages below the results `all`, and the rest of them again below what one has. */
function offerMore(box, query, length, all, isCurrent) {
  offer(box.others, box.form, query, async (other) => {
    const found = await group(other, query, idsOf(all));
    if (!isCurrent()) return;
    const more = found.hits.length ? [...all, found] : all;
    box.state({ length, more: false }, listed(more, box.words), counted(more));
    box.input.focus();
    if (found.hits.length) box.activate(counted(all));
    else box.status.textContent = other.nothing;
    offerMore(box, query, length, more, isCurrent);
  });
}

/** The line that says what was meant. */
export function tellMeant(line, meant, ask) {
  const button = line.querySelector("button");
  button.textContent = meant;
  button.onclick = () => ask(meant);
}

/** Buttons for the languages that have not been asked. */
export function offer(place, form, query, ask) {
  const left = others(form).all.filter(({ tried }) => tried !== query).slice(0, OFFERED);
  place.replaceChildren(
    ...left.map((other) => {
      const button = element("button", "kb-search__other", other.offer);
      button.type = "button";
      button.onclick = () => {
        button.disabled = true;
        ask(other);
      };
      return button;
    }),
  );
  place.hidden = !left.length;
}

const plain = (text, locale) => wholeWords(text, locale).map((word) => (isAscii(word) ? word : romanise(word) || word));

function likeness(a, b) {
  if (size(a) < 3 || size(b) < 3) return a === b ? 1 : 0;
  return b.startsWith(a) ? 1 : 1 - distance(a, b) / Math.max(size(a), size(b));
}

/** Puts the topics first that come nearest to the question. */
export function nearest(list, query, locale) {
  if (!list) return;
  const asked = plain(query, locale).slice(0, 8);
  const worth = (item) => {
    const words = plain(item.textContent, locale);
    return Math.max(0, ...asked.flatMap((a) => words.map((b) => likeness(a, b))));
  };
  const items = [...list.children].map((item, i) => [item, i, worth(item)]);
  items.sort((a, b) => (b[2] >= NEAR ? b[2] : 0) - (a[2] >= NEAR ? a[2] : 0) || a[1] - b[1]);
  list.append(...items.map(([item]) => item));
}

/** Puts the question into the mail and the message that the ways of contact begin; "" takes it out again. */
export function keepQuestion(asked, words) {
  const query = asked.replace(/\p{Cs}/gu, ""); // an address cannot hold half a character
  for (const link of document.querySelectorAll(".kb-contact a[href]")) {
    link.dataset.plain ??= link.getAttribute("href");
    const { plain: address } = link.dataset;
    const text = encodeURIComponent(words.question.replace("{query}", () => query));
    let more = "";
    if (query && link.protocol === "mailto:") more = `?subject=${encodeURIComponent(query)}&body=${text}`;
    else if (query && link.host === "wa.me") more = `?text=${text}`;
    link.href = address + more;
  }
}
