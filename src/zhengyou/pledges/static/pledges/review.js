// The review page with JavaScript: each badge follows the answers, 三项都是 stays on the page and
// moves on to the next item, so that Enter alone goes through a good pledge.
(() => {
"use strict";
const form = document.querySelector("form[data-review]");
if (!form) return;

const state = (item) => {
  const answers = [...item.querySelectorAll(".zy-tests input:checked")].map((box) => box.value);
  const reason = item.querySelector("textarea").value.trim();
  const open = item.querySelectorAll(".zy-tests fieldset").length - answers.length;
  if (!answers.length && !reason) return ["todo", "没审"];
  if (open) return ["wait", `还差 ${open} 项`];
  if (!answers.includes("0")) return ["done", "三项都过"];
  return reason ? ["back", "退回这条"] : ["wait", "没写怎么改"];
};

const badge = (item) => {
  const shown = item.querySelector("header .zy-state");
  const [kind, words] = state(item);
  shown.className = `zy-state is-${kind}`;
  shown.querySelector("use").setAttribute("href", `${form.dataset.states}#${kind}`);
  shown.lastChild.textContent = words;
};

form.addEventListener("input", (e) => {
  const item = e.target.closest("[data-item]");
  if (item) badge(item);
});

form.addEventListener("click", (e) => {
  const button = e.target.closest("[data-all]");
  if (!button) return;
  e.preventDefault();
  const item = button.closest("[data-item]");
  item.querySelectorAll('.zy-tests input[value="1"]').forEach((box) => { box.checked = true; });
  item.dispatchEvent(new Event("input", { bubbles: true }));
  badge(item);
  const left = [...form.querySelectorAll("[data-item]")].filter((each) => state(each)[0] !== "done"
    && state(each)[0] !== "back");
  const next = left.find((each) => each.compareDocumentPosition(item) & 2) || left[0];
  const goal = next ? next.querySelector("[data-all]") : form.querySelector("[name=send]");
  goal.focus({ preventScroll: true });
  goal.scrollIntoView({ block: next ? "center" : "nearest" });
});
})();
