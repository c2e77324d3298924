// While a part is written: how long the whole is, and what it would be too long for. The server
// says the same again when it is saved.
(() => {
"use strict";
const WORD = new RegExp(
  "[“”‘’…—·×\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff"
  + "\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6]"
  + "|[^\\s“”‘’…—·×\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff"
  + "\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6]+", "gu");
const count = (text) => (text.replace(/[｜|]/g, " ").match(WORD) || []).length;

document.addEventListener("input", (e) => {
  const said = e.target.matches("[data-length]") && e.target.form.querySelector(".zm-length");
  if (!said) return;
  const whole = Number(said.dataset.rest) + count(e.target.value);
  said.querySelector("[data-count]").textContent = whole.toLocaleString("en-US");
  for (const over of said.querySelectorAll("[data-most]")) {
    over.hidden = whole <= Number(over.dataset.most);
  }
});
})();
