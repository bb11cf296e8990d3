// Small comforts over pages that work without them.

// A failed form is read from what somebody else changed, or from what is to be corrected.
document.querySelector("#conflict, #error-summary")?.focus();

// A table wider than its place is scrolled by keyboard too, which takes a focus and a name.
for (const box of document.querySelectorAll(".fr-table__content")) {
  const caption = box.querySelector("caption");
  const watch = new ResizeObserver(() => {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    box.toggleAttribute("tabindex", scrolls);
    if (scrolls) box.tabIndex = 0;
    if (scrolls && caption?.id) {
      box.setAttribute("role", "region");
      box.setAttribute("aria-labelledby", caption.id);
    } else {
      box.removeAttribute("role");
      box.removeAttribute("aria-labelledby");
    }
  });
  watch.observe(box);
}

// A form sent twice by an impatient double click would be done twice. The guard lasts the time of a double click:
// an answer that is a download leaves the page, and its form, in place.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 2000);
});
