// The figures beside a seat's form follow what is typed. Without this script, the button « Estimer » asks for them.
const place = document.querySelector("[data-chances]");
const form = document.getElementById("seat-form");
const PAUSE = 800;
let timer = null;
let asking = null;

async function estimate() {
  asking?.abort();
  asking = new AbortController();
  const typed = new URLSearchParams(new FormData(form));
  typed.set("partial", "1");
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(place.dataset.chances, { method: "POST", body: typed, signal: asking.signal });
    // Signed out, or no longer allowed: the last figures stay.
    if (!answer.ok || !new URL(answer.url).pathname.endsWith("/chances")) return;
    const { figures: words } = await answer.json();
    // Only what changed is written, so that it is said aloud once.
    if (words === place.dataset.last) return;
    place.dataset.last = words;
    place.replaceChildren(...new DOMParser().parseFromString(words, "text/html").body.childNodes);
  } catch {
    // The network is away, or something else was typed meanwhile.
  } finally {
    place.removeAttribute("aria-busy");
  }
}

if (place && form) {
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(estimate, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.querySelector("[formaction][form=seat-form]")?.addEventListener("click", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    estimate();
  });
}
