// Screening by keyboard, on the card that has the focus: arrows move, 1 chooses, 2 to 5 leave out with
// the reason on that button, space ticks. After a press the next card has the focus. Works without this file.
(() => {
"use strict";
const cards = () => [...document.querySelectorAll("[data-idea]")];
const show = (card) => {
  if (!card) return;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
};
const press = (card, key) => {
  const button = card.querySelector(`[data-key="${key}"]`);
  if (button) button.click();
};
const tick = (card) => {
  const box = card.querySelector("input[type=checkbox]:not(:disabled)");
  if (box) box.checked = !box.checked;
};

document.addEventListener("keydown", (e) => {
  const card = e.target;
  if (!card.matches || !card.matches("[data-idea]") || e.ctrlKey || e.metaKey || e.altKey) return;
  const all = cards();
  const place = all.indexOf(card);
  if (e.key === "ArrowDown") show(all[place + 1]);
  else if (e.key === "ArrowUp") show(all[place - 1]);
  else if (e.key === " ") tick(card);
  else if (/^[1-5]$/.test(e.key)) press(card, e.key);
  else return;
  e.preventDefault();
});

// After a press the next card has the focus: it stands where the pressed one stood.
const KEY = "zy-screen";
document.addEventListener("submit", (e) => {
  if (!e.target.matches("form[data-screen]") || !e.submitter || e.submitter.name !== "one") return;
  const card = e.submitter.closest("[data-idea]");
  sessionStorage.setItem(KEY, String(cards().indexOf(card)));
});
const kept = sessionStorage.getItem(KEY);
sessionStorage.removeItem(KEY);
cards().forEach((card) => { card.tabIndex = 0; });
if (kept !== null) {
  const all = cards();
  show(all[Math.min(Number(kept), all.length - 1)]);
}
})();
