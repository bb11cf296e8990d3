// Keys for the list of suggestions: they move between rows and press what stands there already.
const rows = () => [...document.querySelectorAll(".tp-suggestion")];
const current = () => document.activeElement?.closest(".tp-suggestion");

function go(step) {
  const all = rows();
  const place = all.indexOf(current());
  const next = all[place < 0 ? 0 : Math.min(Math.max(place + step, 0), all.length - 1)];
  next?.querySelector("h3 a")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function choose(verdict) {
  const details = current()?.querySelector(".tp-decide");
  const select = details?.querySelector("select");
  const option = select?.querySelector(`option[value^="${verdict}:"]`);
  if (!option) return;
  details.open = true;
  select.value = option.value;
  select.focus();
}

const acts = {
  j: () => go(1),
  k: () => go(-1),
  o: () => current()?.querySelector("h3 a")?.click(),
  s: () => choose("shortlisted"),
  e: () => choose("set_aside"),
  c: () => current()?.querySelector('input[name="p"]')?.click(),
  "?": () => {
    const help = document.getElementById("keys");
    help.open = !help.open;
    help.querySelector("summary").focus();
  },
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
