// A time line without this script is a picture with links and a table. With it, the bars are one stop of the keyboard,
// arrows go from one to the next, and what a bar says is written under the chart.

/** Where a bar begins, in pixels from the left of the window. */
function start(stop) {
  return stop.getBoundingClientRect().left;
}

for (const chart of document.querySelectorAll(".tp-timeline")) {
  const caption = chart.querySelector("[data-caption]");
  const lanes = new Map();
  for (const stop of chart.querySelectorAll("[data-lane]")) {
    const lane = Number(stop.dataset.lane);
    if (!lanes.has(lane)) lanes.set(lane, []);
    lanes.get(lane).push(stop);
    stop.setAttribute("tabindex", "-1");
  }
  // Where the chart is wider than its box, it opens on today.
  const box = chart.querySelector(".tp-timeline__box");
  const today = chart.querySelector(".tp-timeline__chart .tp-timeline__today");
  if (today) box.scrollLeft += start(today) - box.getBoundingClientRect().right + box.clientWidth / 3;

  const order = [...lanes.keys()].sort((a, b) => a - b);
  // Bars come in the order of their days, after the name of their lane when it is a link.
  let current = lanes.get(order[0])?.[0];
  current?.setAttribute("tabindex", "0");
  caption.hidden = !current;

  const say = (stop) => {
    const title = stop.querySelector("title");
    // Only shown: a screen reader has just said the same, as the name of what it is on.
    caption.textContent = (title ?? stop).textContent.trim();
  };
  const stopOf = (event) => event.target.closest("[data-lane]");

  /** The stop in another lane that begins nearest to where this one does. */
  const across = (stop, step) => {
    const place = order.indexOf(Number(stop.dataset.lane)) + step;
    const found = lanes.get(order[place]);
    if (!found) return null;
    const far = (other) => Math.abs(start(other) - start(stop));
    return found.reduce((best, other) => (far(other) < far(best) ? other : best));
  };
  const along = (stop, step) => {
    const lane = lanes.get(Number(stop.dataset.lane));
    return lane[lane.indexOf(stop) + step];
  };
  const moves = {
    ArrowLeft: (stop) => along(stop, -1),
    ArrowRight: (stop) => along(stop, 1),
    ArrowUp: (stop) => across(stop, -1),
    ArrowDown: (stop) => across(stop, 1),
    Home: (stop) => lanes.get(Number(stop.dataset.lane))[0],
    End: (stop) => lanes.get(Number(stop.dataset.lane)).at(-1),
  };

  chart.addEventListener("keydown", (event) => {
    const stop = stopOf(event);
    const move = moves[event.key];
    if (!stop || !move || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    move(stop)?.focus();
  });
  chart.addEventListener("focusin", (event) => {
    const stop = stopOf(event);
    if (!stop) return;
    current.setAttribute("tabindex", "-1");
    current = stop;
    current.setAttribute("tabindex", "0");
    say(stop);
  });
  chart.addEventListener("pointerover", (event) => {
    const stop = stopOf(event);
    if (stop) say(stop);
  });
}
