// The frame's behaviour: colours, menus, questions, contents, copy buttons. Pages work without it.

const root = document.documentElement;
const wide = matchMedia("(min-width: 60em)");

/** The element that a fragment names. Not every fragment can be decoded: `#100%` stands for itself. */
function named(hash) {
  const written = hash.slice(1);
  try {
    return document.getElementById(decodeURIComponent(written));
  } catch {
    return document.getElementById(written);
  }
}

function showBandColour() {
  const band = document.querySelector(".kb-header");
  const meta = document.querySelector('meta[name="theme-color"]');
  if (band && meta) meta.content = getComputedStyle(band).backgroundColor;
}

function toggleScheme() {
  const scheme = root.dataset.mdColorScheme === "slate" ? "default" : "slate";
  root.dataset.mdColorScheme = scheme;
  try {
    localStorage.setItem("kb-scheme", scheme);
  } catch {
    // Storage can be forbidden; then the choice lasts as long as the page.
  }
  showBandColour();
}

function setUpMenu() {
  const menu = document.querySelector("[data-kb-menu]");
  if (!menu) return;
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// Without a script the drawer hangs on a checkbox; with one, a button moves that checkbox.
function setUpDrawer() {
  const drawer = document.getElementById("__drawer");
  const button = document.querySelector("[data-kb-drawer]");
  if (!drawer || !button) return;
  const links = document.querySelectorAll("#kb-nav a");
  const set = (open) => {
    drawer.checked = open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => {
    set(!drawer.checked);
    if (drawer.checked) links[0].focus();
  });
  drawer.addEventListener("change", () => set(drawer.checked));
  for (const link of links) link.addEventListener("click", () => set(false));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    set(false);
    button.focus();
  });
  // A page that comes back from the browser's memory shows its text, not the open drawer.
  addEventListener("pageshow", () => set(false));
}

function setUpQuestions() {
  const questions = [...document.querySelectorAll(".kb-question")];
  if (!questions.length) return;
  const openTarget = () => {
    const target = named(location.hash);
    const question = target?.closest(".kb-question");
    if (!question) return;
    question.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", () => questions.forEach((question) => (question.open = true)));
  for (const button of document.querySelectorAll("[data-kb-faq]")) {
    const open = button.dataset.kbFaq === "open";
    button.addEventListener("click", () => questions.forEach((question) => (question.open = open)));
  }
  openTarget();
}

function setUpContents() {
  const links = [...document.querySelectorAll("[data-kb-toc] a")];
  const headings = links.map((link) => named(link.hash));
  if (!links.length || headings.includes(null)) return;
  let waiting = false;
  const mark = () => {
    waiting = false;
    const line = innerHeight / 4;
    const atEnd = innerHeight + scrollY >= document.body.scrollHeight - 2;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < line).length;
    const current = atEnd && scrollY > 0 ? links.length - 1 : passed - 1;
    links.forEach((link, i) => {
      if (i === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  };
  addEventListener(
    "scroll",
    () => {
      if (waiting || !wide.matches) return;
      waiting = true;
      requestAnimationFrame(mark);
    },
    { passive: true },
  );
  mark();
}

// What is wider than the screen can be reached and scrolled with the keyboard too.
function setUpScrolling() {
  for (const block of document.querySelectorAll(".md-typeset pre > code, .md-typeset table")) {
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
  }
}

function setUpCopy() {
  if (!navigator.clipboard) return;
  const { copy, copied } = document.body.dataset;
  for (const block of document.querySelectorAll(".md-typeset pre > code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kb-copy";
    const say = (text) => {
      button.title = text;
      button.ariaLabel = text;
      button.classList.toggle("kb-copy--done", text === copied);
    };
    say(copy);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.innerText);
      say(copied);
      setTimeout(() => say(copy), 2000);
    });
    block.parentElement.append(button);
  }
}

// The search and its index are fetched when a reader first reaches for the box, not before.
function setUpSearch() {
  const form = document.querySelector("[data-kb-search]");
  if (!form) return;
  const page = form.closest(".kb-search--page");
  let loading;
  const load = () => {
    loading ??= import(page ? "./search-page.js" : "./search-box.js").then((module) => module.attach(form));
    loading.catch(() => (loading = undefined)); // the next touch tries again
    return loading;
  };
  // The box is shown and has the cursor at once: what is typed while the script loads is not lost.
  const open = async () => {
    form.closest(".kb-search").classList.add("kb-search--open");
    form.querySelector(".kb-search__input").focus();
    const box = await load();
    box.open();
  };
  form.addEventListener("focusin", load);
  const opener = document.querySelector("[data-kb-search-open]");
  opener?.addEventListener("click", (event) => {
    event.preventDefault();
    open().catch(() => location.assign(opener.href));
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked && page) load();
  else if (asked && form.closest(".kb-search--hero")) load().then((box) => box.ask(asked));
}

document.querySelector("[data-kb-scheme]")?.addEventListener("click", toggleScheme);
showBandColour();
setUpMenu();
setUpDrawer();
setUpQuestions();
setUpContents();
setUpScrolling();
setUpCopy();
setUpSearch();
