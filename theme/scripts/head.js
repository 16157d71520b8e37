// Runs before the first paint: says that scripts work and sets the colours, so nothing flashes.
(function () {
  "use strict";
  var root = document.documentElement;
  var saved = null;
  try {
    saved = localStorage.getItem("kb-scheme");
  } catch {
    // Storage can be forbidden; then the system's choice counts.
  }
  var dark = saved ? saved === "slate" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.classList.replace("no-js", "js");
  root.setAttribute("data-md-color-scheme", dark ? "slate" : "default");
})();
