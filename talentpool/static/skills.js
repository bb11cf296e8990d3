// A skill is found by typing a part of any of its names. The list that works without this script stays the form's own
// answer: what is chosen here is chosen there.
const PAUSE = 150;
let number = 0;

function enhance(select, address, words) {
  const id = `skill-search-${(number += 1)}`;
  const box = document.createElement("div");
  box.className = "tp-combobox";
  const input = Object.assign(document.createElement("input"), {
    className: "fr-input", id, type: "text", autocomplete: "off", spellcheck: false,
  });
  const list = Object.assign(document.createElement("ul"), { className: "tp-combobox__list", id: `${id}-list`, hidden: true });
  const status = Object.assign(document.createElement("p"), { className: "fr-sr-only" });
  const label = document.querySelector(`label[for="${select.id}"]`);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label.textContent.trim());
  status.setAttribute("role", "status");
  label.htmlFor = id;
  box.append(input, list, status);
  select.after(box);
  select.hidden = true;

  let active = -1;
  let timer = null;
  let asked = 0;
  const chosen = () => (select.value ? select.selectedOptions[0].textContent.trim() : "");
  const options = () => [...list.children];
  input.value = chosen();

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(code) {
    select.value = code;
    input.value = chosen();
    close();
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function mark(place) {
    const all = options();
    if (!all.length) return;
    active = (place + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    const known = found.filter((skill) => select.querySelector(`option[value="${CSS.escape(skill.code)}"]`));
    list.replaceChildren(...known.map((skill, at) => {
      const option = Object.assign(document.createElement("li"), { id: `${id}-${at}` });
      const family = Object.assign(document.createElement("span"), { className: "tp-combobox__more" });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.code = skill.code;
      family.textContent = skill.alias ? `${skill.alias} – ${skill.family}` : skill.family;
      option.append(skill.label, " ", family);
      // Pressing must not take the focus from the field before the choice is made.
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(skill.code));
      return option;
    }));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !known.length;
    input.setAttribute("aria-expanded", String(!!known.length));
    status.textContent = known.length ? words.found.replace("{}", known.length) : words.none;
  }

  async function search() {
    const turn = (asked += 1);
    const typed = input.value.trim();
    if (!typed) {
      close();
      return;
    }
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`);
      if (answer.ok && turn === asked && document.activeElement === input) show(await answer.json());
    } catch {
      // The network is away: the plain list comes back.
      box.remove();
      select.hidden = false;
      label.htmlFor = select.id;
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) search();
      else mark(active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1));
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      choose(options()[Math.max(active, 0)].dataset.code);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    asked += 1;
    close();
    if (!input.value.trim()) {
      if (select.value) choose("");
    } else {
      // Half a name chooses nothing: what is chosen is written again.
      input.value = chosen();
    }
  });
}

for (const rows of document.querySelectorAll("fieldset[data-skills]")) {
  const words = { found: rows.dataset.found, none: rows.dataset.none };
  for (const select of rows.querySelectorAll("select[data-skill]")) enhance(select, rows.dataset.skills, words);
}
