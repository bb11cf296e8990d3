// How much room a text has left, said while it is typed; the server checks the same limit.

const QUIET = 1000; // Milliseconds without a key before a screen reader is told.
const said = document.documentElement.lang === "en"
  ? { left: (n) => `${n.toLocaleString("en")} character${n === 1 ? "" : "s"} left`, over: (n) => `${n} character${n === 1 ? "" : "s"} too many` }
  : { left: (n) => `${n.toLocaleString("fr")} caractère${n > 1 ? "s" : ""} restant${n > 1 ? "s" : ""}`, over: (n) => `${n} caractère${n > 1 ? "s" : ""} de trop` };

for (const area of document.querySelectorAll("textarea[data-tp-limit]")) {
  const limit = Number(area.dataset.tpLimit);
  const seen = document.createElement("p");
  seen.className = "fr-hint-text tp-count";
  seen.setAttribute("aria-hidden", "true");
  const heard = document.createElement("p");
  heard.className = "fr-sr-only";
  heard.setAttribute("aria-live", "polite");
  area.after(seen, heard);
  let timer;

  const count = () => {
    // What Python counts: characters, not halves of them, without the spaces around.
    const left = limit - [...area.value.trim()].length;
    seen.textContent = left < 0 ? said.over(-left) : said.left(left);
    seen.classList.toggle("tp-count--over", left < 0);
    return seen.textContent;
  };
  area.addEventListener("input", () => {
    const text = count();
    clearTimeout(timer);
    timer = setTimeout(() => { heard.textContent = text; }, QUIET);
  });
  count();
}
