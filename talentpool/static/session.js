// A session that nobody uses ends. Two minutes before, the page says so and offers to go on; other tabs hear of it.
const box = document.querySelector("[data-tp-session]");
const NOTICE = 120; // seconds
const tabs = new BroadcastChannel("session");
const goesOn = box.querySelector("[data-tp-go-on]");
let timers = [];

function say(what) {
  for (const line of box.querySelectorAll("[data-tp-says]")) line.hidden = line.dataset.tpSays !== what;
  goesOn.hidden = what === "longest" || what === "over";
  if (!box.open) box.showModal();
}

// Counts from now on what is left of the session, as the server said it.
function count({ seconds, mayGoOn }) {
  timers.forEach(clearTimeout);
  const notice = Math.min(NOTICE, seconds / 2);
  timers = [
    setTimeout(() => say(mayGoOn ? "idle" : "longest"), (seconds - notice) * 1000),
    setTimeout(() => say("over"), seconds * 1000),
  ];
  if (box.open) box.close();
}

async function goOn() {
  try {
    const answer = await fetch(box.dataset.tpSession, { redirect: "manual" });
    if (!answer.ok) return say("over");
    const { seconds, may_go_on: mayGoOn } = await answer.json();
    tabs.postMessage({ seconds, mayGoOn });
    return count({ seconds, mayGoOn });
  } catch {
    return say("away");
  }
}

goesOn.addEventListener("click", goOn);
box.querySelector("[data-tp-close]").addEventListener("click", () => box.close());
tabs.addEventListener("message", ({ data }) => count(data));

const left = { seconds: Number(box.dataset.seconds), mayGoOn: box.dataset.mayGoOn === "yes" };
tabs.postMessage(left);
count(left);
