// The panel « Régler le classement » is a form that opens a page. With this script the list changes in place as the
// form does: the same page is fetched, and its list put where the old one was.

const form = document.querySelector("[data-ranking-form]");
const status = document.querySelector("[data-ranking-status]");
const WAIT = 300; // Milliseconds after the last move of a slider.
let timer;
let last;

async function show() {
  last?.abort();
  last = new AbortController();
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form));
  const list = document.querySelector("[data-ranking-list]");
  list.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: last.signal, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-ranking-list]");
    // Signed out, or an error page: the form still opens the page, which says so.
    if (!fresh) return;
    list.replaceChildren(...fresh.childNodes);
    status.textContent = (list.querySelector("[data-ranking-count]") ?? list).textContent.trim().replace(/\s+/g, " ");
    if (answer.ok) history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") form.requestSubmit();
  } finally {
    list.removeAttribute("aria-busy");
  }
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, WAIT);
});
