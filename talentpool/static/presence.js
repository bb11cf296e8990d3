// Two officers on one seat see each other: a sign every twenty seconds while the page is in sight and somebody is at it.
// Without this script the line says who was there when the page was opened.
const line = document.querySelector("[data-presence]");
const EVERY = 20_000;
// A page left open on an empty chair says nothing, and keeps no session from ending by itself.
const IDLE_AFTER = 5 * 60_000;
let timer = null;
let active = Date.now();

async function showPresence() {
  if (document.hidden || Date.now() - active > IDLE_AFTER) return;
  try {
    const answer = await fetch(line.dataset.presence, {
      method: "POST",
      body: new URLSearchParams({ csrf_token: line.dataset.token }),
    });
    if (!answer.ok || !new URL(answer.url).pathname.endsWith("/presents")) {
      // Signed out, or no longer allowed: asking again would change nothing.
      clearInterval(timer);
      return;
    }
    const words = await answer.text();
    // Only what changed is written, so that it is said aloud once.
    if (words !== line.textContent) line.textContent = words;
  } catch {
    // The network is away: the next sign will tell.
  }
}

if (line) {
  for (const kind of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    document.addEventListener(kind, () => { active = Date.now(); }, { passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      active = Date.now();
      showPresence();
    }
  });
  timer = setInterval(showPresence, EVERY);
  showPresence();
}
