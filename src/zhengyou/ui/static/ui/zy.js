// Improvements only: every page works without this file. No inline handlers, no eval (CSP).
(() => {
"use strict";
const all = (what, root = document) => [...root.querySelectorAll(what)];
const on = (event, what, act) => document.addEventListener(event, (e) => {
  const found = e.target.closest && e.target.closest(what);
  if (found) act(e, found);
});

// A refused button stays in the tab order; a press tells the reason instead of doing anything.
on("click", "[aria-disabled=true]", (e, button) => {
  e.preventDefault();
  const why = document.getElementById(button.getAttribute("aria-describedby"));
  if (why) why.classList.add("is-told");
});

// Questions before a step that cannot be undone
on("click", "[data-dialog]", (e, link) => {
  const dialog = document.getElementById(link.dataset.dialog);
  if (!dialog || !dialog.showModal) return;
  e.preventDefault();
  dialog.showModal();
});
on("click", "[data-close]", (e, button) => button.closest("dialog").close());
on("click", "dialog", (e, dialog) => { if (e.target === dialog) dialog.close(); });

// Sheets close by Escape and by a press elsewhere
const shut = (except) => all(".zy-drop[open]").forEach((drop) => {
  if (drop !== except) drop.open = false;
});
document.addEventListener("click", (e) => shut(e.target.closest(".zy-drop")));
document.addEventListener("keydown", (e) => {
  const drop = e.key === "Escape" && document.querySelector(".zy-drop[open]");
  if (drop) { drop.open = false; drop.querySelector("summary").focus(); }
});

on("click", "[data-print]", () => print());
on("click", "[data-back]", () => history.back());

// Forms: one press is one submit; nobody leaves written words behind unasked
const sent = new WeakSet();
const touched = new Set();
document.addEventListener("submit", (e) => {
  touched.delete(e.target);
  if (e.target.method !== "post") return;
  if (sent.has(e.target)) e.preventDefault();
  else sent.add(e.target);
  setTimeout(() => sent.delete(e.target), 5000);
});
on("input", "form[data-guard]", (e, form) => touched.add(form));
on("saved", "form[data-guard]", (e, form) => touched.delete(form)); // it saved by itself
for (const failed of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  on(failed, "form[data-draft]", (e, form) => {
    form.querySelector("[role=status]").textContent =
      "没存上：网络不通，或者要重新登录。您写的还在这一页，先别关。";
  });
}
addEventListener("beforeunload", (e) => { if (touched.size) e.preventDefault(); });

// A usual phrase goes into its box
on("click", "[data-say]", (e, button) => {
  const box = document.getElementById(button.dataset.into);
  box.value = box.value.trim() ? `${box.value.trim()}${button.dataset.say}` : button.dataset.say;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
});

// Files: drop them on the box, see what is chosen and whether it is too big
const size = (bytes) => bytes < 1048576
  ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
on("change", ".zy-files input", (e, input) => {
  const box = input.closest(".zy-files");
  const tooBig = (file) => box.dataset.limit > 0 && file.size > box.dataset.limit;
  box.querySelector(".chosen").textContent = [...input.files].map((file) =>
    `${file.name}（${size(file.size)}${tooBig(file) ? "，太大了" : ""}）`).join("、");
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  on(kind, ".zy-files", (e, box) => {
    e.preventDefault();
    box.classList.toggle("is-over", kind === "dragover");
    if (kind !== "drop" || !e.dataTransfer.files.length) return;
    const input = box.querySelector("input");
    input.files = e.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// The columns one chose on a page are there again on the next visit
const memory = `cols ${location.pathname}`;
on("submit", "form[data-remember]", (e, form) =>
  localStorage.setItem(memory, JSON.stringify(new FormData(form).getAll("cols"))));
if (document.querySelector("form[data-remember]") && !/[?&]cols=/.test(location.search)) {
  const kept = new URLSearchParams(location.search);
  const chosen = JSON.parse(localStorage.getItem(memory) || "null");
  if (chosen) {
    chosen.forEach((key) => kept.append("cols", key));
    location.replace(`?${kept}`);
  }
}

all(".needs-js").forEach((tool) => { tool.hidden = false; });
const first = document.querySelector("[data-focus]:not([data-calm] *)");
if (first) first.focus();
})();
