// The phone form where the network is lost: what is typed stays on this phone until the house has
// it. Without this file the form is a plain one.
(() => {
"use strict";
const form = document.querySelector("form[data-offline]");
if (!form || !window.localStorage) return;
const key = `check ${form.dataset.offline} ${form.dataset.who}`;
const status = document.getElementById("offline-status");
const token = form.elements.token;
const STORED = "写的字都存在这台手机上。";
const RETRY = 15000;
let busy = false;
let tried = false; // a sending whose answer never came may have arrived: what is typed after it is new
let timer = 0;

const say = (words) => { status.textContent = words; };
const read = () => {
  try { return JSON.parse(localStorage.getItem(key) || "null"); } catch { return null; }
};
const fields = () => [...new FormData(form)]
  .filter(([name]) => !["csrfmiddlewaretoken", "token", "_f"].includes(name));
const keep = (waiting) => {
  try {
    localStorage.setItem(key, JSON.stringify({ token: token.value, fields: fields(), waiting }));
    return true;
  } catch {
    say("这台手机存不下了：先别关这一页，有网再交。");
    return false;
  }
};

// A random name for a form; randomUUID would need https.
const newToken = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

const fill = (kept) => {
  token.value = kept.token;
  for (const radio of form.querySelectorAll("input[type=radio]")) radio.checked = false;
  for (const [name, value] of kept.fields) {
    const control = form.elements[name];
    if (!control) continue;
    if (control instanceof RadioNodeList || control.type === "radio") {
      const radios = control instanceof RadioNodeList ? [...control] : [control];
      for (const radio of radios) radio.checked = radio.value === value;
    } else control.value = value;
    const fold = control instanceof Element && control.closest("details");
    if (fold && value) fold.open = true;
  }
};

// Another page's form is fetched only for its key, when ours has grown old.
const freshKey = async () => {
  const page = await fetch(form.action || location.href, { credentials: "same-origin" });
  const text = await page.text();
  const found = new DOMParser().parseFromString(text, "text/html")
    .querySelector("form[data-offline] [name=csrfmiddlewaretoken]");
  if (found) form.elements.csrfmiddlewaretoken.value = found.value;
  return Boolean(found);
};
const post = () => fetch(form.action || location.href, {
  method: "POST", body: new FormData(form), credentials: "same-origin",
});

const lost = () => {
  tried = true;
  if (!keep(true)) return;
  say(`没有网络，还没交上。${STORED}有网自动交，页面可以先关。`);
  clearTimeout(timer);
  timer = setTimeout(send, RETRY);
};

async function send() {
  if (busy) return;
  clearTimeout(timer);
  busy = true;
  keep(true);
  const sent = JSON.stringify(fields());
  let again = false;
  say("正在交……");
  try {
    let answer = await post();
    if (answer.status === 403 && await freshKey()) answer = await post();
    const done = new URL(form.dataset.done, location.href).pathname;
    if (answer.ok && new URL(answer.url).pathname === done) {
      again = JSON.stringify(fields()) !== sent; // written on while it was on its way
      if (!again) {
        localStorage.removeItem(key);
        location.assign(answer.url);
      }
    } else if (answer.ok) say(`要重新登录。${STORED}登录以后回到这一页，再按一次“存到系统里”。`);
    else if (answer.status >= 500) lost();
    else form.submit(); // it was read and refused: the page says why, with all that was typed
  } catch {
    lost();
  } finally {
    busy = false;
  }
  if (again) {
    token.value = newToken();
    send();
  }
}

const kept = read();
const refused = form.querySelector(".zy-errors");
if (kept && !refused) {
  fill(kept);
  say(kept.waiting ? `上次没交上的还在。${STORED}` : `上次写到一半的找回来了。${STORED}`);
  tried = kept.waiting;
  if (kept.waiting && navigator.onLine) send();
}

form.addEventListener("input", () => {
  if (tried) { token.value = newToken(); tried = false; }
  const known = read();
  if (keep(Boolean(known && known.waiting))) say(STORED);
});
form.addEventListener("submit", (e) => { e.preventDefault(); send(); });
addEventListener("online", () => { const now = read(); if (now && now.waiting) send(); });
addEventListener("offline", () => say(`没有网络。${STORED}有网再交。`));
})();
