// A review, item by item: badges and the bar below follow the answers; 三项都是 moves on to the next
// item, so that Enter alone goes through a good pledge. Every review works without this file.
(() => {
"use strict";
const all = (what, root) => [...root.querySelectorAll(what)];

// The reason box after a 不是, a tally in the bar below
const ticked = (item) => all("input[type=radio]:checked", item).map((radio) => radio.value);
const verdict = (item) => {
  const said = ticked(item);
  if (said.length < all(".zy-tests fieldset", item).length) return "open";
  if (!said.includes("0")) return "pass";
  const reason = item.querySelector(".zy-reason textarea");
  return !reason || reason.value.trim() ? "back" : "mute";
};
const WORDS = {
  pass: () => ["done", "都过了"], back: () => ["back", "退回这条"], mute: () => ["due", "要写怎么改"],
  open: (left, of) => left === of ? ["todo", "没审"] : ["wait", `还差 ${left} 项`],
};
const badge = (item, now) => {
  const of = all(".zy-tests fieldset", item).length;
  const [kind, words] = WORDS[now](of - ticked(item).length, of);
  const state = item.querySelector("header .zy-state");
  const glyph = state.querySelector("use");
  state.className = `zy-state is-${kind}`;
  glyph.setAttribute("href", glyph.getAttribute("href").replace(/#.*/, `#${kind}`));
  state.lastChild.textContent = words;
};
const missing = (item) => {
  const tests = all(".zy-tests fieldset", item);
  const open = tests.filter((test) => !test.querySelector("input:checked"));
  if (open.length === tests.length) return "还没审";
  return `差${open.map((t) => `“${t.querySelector("legend").firstChild.textContent}”`).join("、")}`;
};
const tally = (form) => {
  const items = all(".zy-item[data-item]", form);
  const count = { pass: 0, back: 0, mute: 0, open: 0 };
  const lacking = [];
  for (const item of items) {
    const box = item.querySelector(".zy-reason");
    if (box) box.hidden = !ticked(item).includes("0");
    const now = verdict(item);
    badge(item, now);
    count[now] += 1;
    if (now === "open") lacking.push(`第 ${item.dataset.item} 条${missing(item)}`);
    if (now === "mute") lacking.push(`第 ${item.dataset.item} 条没写怎么改`);
  }
  const bar = form.querySelector(".zy-act[data-tally]");
  if (!bar) return;
  const left = count.open + count.mute;
  const button = bar.querySelector("[type=submit]");
  const why = bar.querySelector(".zy-why");
  bar.querySelector("b").textContent =
    `过 ${count.pass} 条，退 ${count.back} 条${left ? `，还有 ${left} 条` : ""}`;
  why.textContent = left ? `${lacking.join("，")}，审完才能送出。` : bar.dataset.tally;
  why.classList.remove("is-told");
  button.setAttribute("aria-describedby", why.id);
  button.setAttribute("aria-disabled", left ? "true" : "false");
};

// 三项都是 without a new page
const allYes = (form, button) => {
  const item = button.closest("[data-item]");
  all('.zy-tests input[value="1"]', item).forEach((box) => { box.checked = true; });
  item.dispatchEvent(new Event("input", { bubbles: true }));
  const left = all(".zy-item[data-item]", form).filter((each) => verdict(each) === "open");
  const next = left.find((each) => item.compareDocumentPosition(each) & 4) || left[0];
  const goal = next ? next.querySelector("[data-all]") : form.querySelector("[name=send]");
  if (!goal) return;
  goal.focus({ preventScroll: true });
  if (next) next.scrollIntoView({ block: "center" });
};

all("form[data-review]", document).forEach((form) => {
  form.addEventListener("input", () => tally(form));
  form.addEventListener("click", (e) => {
    const button = e.target.closest("[data-all]");
    if (!button) return;
    e.preventDefault();
    allYes(form, button);
  });
  tally(form);
});
})();
