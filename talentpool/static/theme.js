// The server knows the chosen theme; the design system would rather believe what it wrote in this browser before.
// So that choice is written again here, and "system" is resolved before anything is painted.
(function () {
  var root = document.documentElement;
  var scheme = root.getAttribute("data-fr-scheme");
  try {
    localStorage.setItem("scheme", scheme);
  } catch (refused) {
    // A browser that keeps nothing has nothing to contradict the server with.
  }
  if (scheme === "system" && window.matchMedia("(prefers-color-scheme: dark)").matches) {
    root.setAttribute("data-fr-theme", "dark");
  }
})();
