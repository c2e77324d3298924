// 三项都是 without a new page: it ticks the three and moves on to the next item, so that Enter alone
// goes through a good pledge. Badges and tally follow the answers in ui/zy.js.
(() => {
"use strict";
const form = document.querySelector("form[data-review]");
if (!form) return;
const isOpen = (item) => [...item.querySelectorAll(".zy-tests fieldset")]
  .some((test) => !test.querySelector("input:checked"));

form.addEventListener("click", (e) => {
  const button = e.target.closest("[data-all]");
  if (!button) return;
  e.preventDefault();
  const item = button.closest("[data-item]");
  item.querySelectorAll('.zy-tests input[value="1"]').forEach((box) => { box.checked = true; });
  item.dispatchEvent(new Event("input", { bubbles: true }));
  const left = [...form.querySelectorAll("[data-item]")].filter(isOpen);
  const next = left.find((each) => item.compareDocumentPosition(each) & 4) || left[0];
  const goal = next ? next.querySelector("[data-all]") : form.querySelector("[name=send]");
  goal.focus({ preventScroll: true });
  if (next) next.scrollIntoView({ block: "center" });
});
})();
