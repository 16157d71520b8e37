// The writer's preview: reloads the page when a file was saved, and shows what is wrong with the save.

const KEEP = "kb-preview"; // where the place on the page is kept over a reload
const bar = document.querySelector("[data-kb-preview]");
const ended = document.querySelector("[data-kb-preview-ended]");
const panel = document.querySelector("[data-kb-preview-problems]");
const list = document.querySelector("[data-kb-preview-list]");
const show = document.querySelector("[data-kb-preview-show]");
const close = document.querySelector("[data-kb-preview-close]");
let shown = "[]";
let source;

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

// The line of the file, its number before it and the character at fault marked.
function lineOf(problem) {
  const line = element("code", "kb-problem__line", "");
  const number = element("span", "kb-problem__number", String(problem.line));
  const at = element("mark", "kb-problem__at", problem.at || " ");
  line.append(number, problem.before, at, problem.after);
  return line;
}

function itemOf(problem) {
  const item = element("li", "kb-problem", "");
  if (problem.where) item.append(element("code", "kb-problem__where", problem.where));
  item.append(element("p", "kb-problem__message", problem.message));
  if (problem.before || problem.at || problem.after) item.append(lineOf(problem));
  if (problem.help) item.append(element("p", "kb-problem__help", problem.help));
  return item;
}

function open(visible) {
  panel.hidden = !visible;
  show.hidden = visible || !list.children.length;
}

// A panel that was closed stays closed until the next save brings other mistakes.
function showProblems(problems) {
  const now = JSON.stringify(problems);
  if (now === shown) return;
  shown = now;
  list.replaceChildren(...problems.map(itemOf));
  open(problems.length > 0);
}

function reload() {
  const questions = [...document.querySelectorAll(".kb-question[open]")].map((question) => question.id);
  const place = { path: location.pathname, x: scrollX, y: scrollY, questions };
  try {
    sessionStorage.setItem(KEEP, JSON.stringify(place));
  } catch {
    // Storage can be forbidden; then the browser's own memory has to do.
  }
  source.close();
  location.reload();
}

// After the frame's script has done its work: that may open a question and scroll to it.
function restore() {
  let place = null;
  try {
    place = JSON.parse(sessionStorage.getItem(KEEP));
    sessionStorage.removeItem(KEEP);
  } catch {
    return;
  }
  if (place?.path !== location.pathname) return;
  for (const id of place.questions) {
    const question = document.getElementById(id);
    if (question) question.open = true;
  }
  scrollTo({ left: place.x, top: place.y, behavior: "instant" });
}

// Browsers allow few open connections to one server: a page that nobody looks at gives its own back.
function listen() {
  source?.close();
  if (document.hidden) return;
  source = new EventSource("/.preview/events");
  source.addEventListener("open", () => (ended.hidden = true));
  source.addEventListener("error", () => (ended.hidden = false));
  source.addEventListener("message", (event) => {
    const { edition, problems } = JSON.parse(event.data);
    if (edition !== bar.dataset.edition) reload();
    else showProblems(problems);
  });
}

close.addEventListener("click", () => open(false));
show.addEventListener("click", () => open(true));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) open(false);
});
document.addEventListener("visibilitychange", listen);
addEventListener("pageshow", (event) => event.persisted && listen());
addEventListener("pagehide", () => source?.close());
restore();
listen();
