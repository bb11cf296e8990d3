// Dragging a card presses the button, or follows the link, that leads to the column where it is dropped.
const board = document.getElementById("board");
const status = document.getElementById("board-status");
let dragged = null;

const moveTo = (card, column) => card.querySelector(`[data-to="${column}"] :is(button, a)`);

board?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest(".tp-card");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  for (const column of board.querySelectorAll("[data-column]")) {
    column.classList.toggle("tp-board__column--open", Boolean(moveTo(dragged, column.dataset.column)));
  }
});

board?.addEventListener("dragover", (event) => {
  if (dragged && event.target.closest("[data-column]")) event.preventDefault();
});

board?.addEventListener("drop", (event) => {
  event.preventDefault();
  const column = event.target.closest("[data-column]");
  if (!dragged || !column || column.contains(dragged)) return;
  const move = moveTo(dragged, column.dataset.column);
  // A slip of the mouse writes nothing: what cannot be taken back is asked first.
  const writes = move?.tagName === "BUTTON";
  const asked = writes && `${move.textContent.trim()}\n${status.dataset.confirm}`;
  if (move && (!writes || window.confirm(asked))) move.click();
  else if (move) status.textContent = "";
  else status.textContent = status.dataset.refused;
});

board?.addEventListener("dragend", () => {
  dragged = null;
  for (const column of board.querySelectorAll("[data-column]")) column.classList.remove("tp-board__column--open");
});
