// Draws bodies × duties on a canvas from the same numbers as the table below it. The darker, the
// more is done; a stroke across: something is overdue. Without it the table says everything.
(() => {
"use strict";
const ASKED = 0, DONE = 1, OVERDUE = 2, EXEMPT = 3, NUMBERS = 4;
const HEAD = 112, FLAT = 28; // room for the duties' names, written upwards, or lying
const ROOM = 64; // a cell as wide as this holds its numbers
const WIDEST = 120;
const PAPER = [244, 241, 236], INK = [74, 66, 60];

const start = async (figure) => {
  const begun = performance.now();
  let data;
  try { // whoever leaves before the numbers came cuts them off; the table has them in any case
    const answer = await fetch(figure.dataset.heat, { credentials: "same-origin" });
    if (!answer.ok) return;
    data = await answer.json();
  } catch { return; }
  const area = figure.querySelector(".zy-heat-area");
  const said = figure.querySelector(".zy-heat-said");
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  area.append(canvas);
  figure.hidden = false;
  const many = data.bodies.length > 60;
  const high = many ? Math.max(6, Math.floor(6000 / data.bodies.length)) : 24;
  let wide = 24, names = 0, head = HEAD, at = { row: 0, column: 0 };

  const shade = (share) => `rgb(${PAPER.map((from, i) => Math.round(from + (INK[i] - from) * share))})`;

  const cell = (context, row, column) => {
    const numbers = data.bodies[row].cells, base = column * NUMBERS;
    const asked = numbers[base + ASKED];
    const x = names + column * wide, y = head + row * high;
    if (!asked) return;
    context.fillStyle = shade(numbers[base + DONE] / asked);
    context.fillRect(x, y, wide - 1, high - 1);
    if (numbers[base + OVERDUE]) {
      context.strokeStyle = numbers[base + DONE] / asked > 0.5 ? "#fff" : "#1f1b18";
      context.lineWidth = high > 10 ? 2 : 1;
      context.beginPath();
      context.moveTo(x + Math.max(2, wide - 24), y + high - 2); // beside the numbers, if any
      context.lineTo(x + wide - 3, y + 1);
      context.stroke();
    }
    if (wide < ROOM || high < 20) return; // few duties: the numbers themselves fit in
    context.fillStyle = numbers[base + DONE] / asked > 0.5 ? "#fff" : "#1f1b18";
    context.fillText(`${numbers[base + DONE]}／${asked}`, x + 8, y + high / 2 + 4);
  };

  const fit = (context, text, room) => {
    if (context.measureText(text).width <= room) return text;
    let end = text.length;
    while (end > 1 && context.measureText(text.slice(0, end) + "…").width > room) end -= 1;
    return text.slice(0, end) + "…";
  };

  const draw = () => {
    names = high >= 14 ? Math.min(180, Math.floor(area.clientWidth / 3)) : 0;
    const share = Math.floor((area.clientWidth - names - 2) / data.duties.length);
    wide = Math.max(16, Math.min(WIDEST, share));
    head = wide >= ROOM ? FLAT : HEAD;
    const width = names + wide * data.duties.length, height = head + high * data.bodies.length;
    const sharp = Math.min(window.devicePixelRatio || 1, 16000 / height);
    canvas.width = Math.round(width * sharp);
    canvas.height = Math.round(height * sharp);
    canvas.setAttribute("width", canvas.width);
    canvas.setAttribute("height", canvas.height);
    canvas.style.setProperty("width", `${width}px`);
    canvas.style.setProperty("height", `${height}px`);
    const context = canvas.getContext("2d");
    context.setTransform(sharp, 0, 0, sharp, 0, 0);
    context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    context.fillStyle = "#1f1b18";
    data.duties.forEach((duty, column) => {
      if (wide >= ROOM) {
        context.fillText(fit(context, duty.title, wide - 8), names + column * wide, head - 8);
        return;
      }
      context.save();
      context.translate(names + column * wide + Math.min(wide, 24) / 2 + 4, head - 6);
      context.rotate(-Math.PI / 2);
      context.fillText(fit(context, duty.title, head - 10), 0, 0);
      context.restore();
    });
    data.bodies.forEach((body, row) => {
      if (names) {
        context.fillStyle = "#1f1b18";
        context.fillText(fit(context, body.name, names - 8), 0, head + row * high + high / 2 + 4);
      }
      for (let column = 0; column < data.duties.length; column += 1) cell(context, row, column);
    });
  };

  const frame = () => {
    const context = canvas.getContext("2d");
    context.strokeStyle = "#b3261e";
    context.lineWidth = 2;
    context.strokeRect(names + at.column * wide, head + at.row * high, wide - 1, high - 1);
  };

  const say = () => {
    const body = data.bodies[at.row], duty = data.duties[at.column];
    const [asked, done, overdue, exempt] = body.cells.slice(at.column * NUMBERS, (at.column + 1) * NUMBERS);
    const parts = [asked ? `${asked} 个里 ${done} 个完成` : "没有人要做"];
    if (overdue) parts.push(`过期 ${overdue}`);
    if (exempt) parts.push(`免做 ${exempt}`);
    said.textContent = `${body.name}，${duty.title}（${duty.period}）：${parts.join("，")}`;
  };

  const go = (row, column) => {
    at = { row: Math.max(0, Math.min(row, data.bodies.length - 1)),
      column: Math.max(0, Math.min(column, data.duties.length - 1)) };
    draw();
    frame();
    say();
  };

  const open = () => {
    const address = figure.dataset.body.replace(figure.dataset.own, data.bodies[at.row].uid);
    window.location.assign(`${address}?day=${figure.dataset.day}`);
  };

  const under = (event) => {
    const box = canvas.getBoundingClientRect();
    return { row: Math.floor((event.clientY - box.top - head) / high),
      column: Math.floor((event.clientX - box.left - names) / wide) };
  };
  const inside = (place) => place.row >= 0 && place.row < data.bodies.length
    && place.column >= 0 && place.column < data.duties.length;

  canvas.addEventListener("mousemove", (event) => {
    const place = under(event);
    if (inside(place)) { at = place; say(); }
  });
  canvas.addEventListener("click", (event) => {
    const place = under(event);
    if (inside(place)) { at = place; open(); }
  });
  area.addEventListener("keydown", (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step) { event.preventDefault(); go(at.row + step[0], at.column + step[1]); }
    if (event.key === "Enter") { event.preventDefault(); open(); }
  });
  area.addEventListener("focus", () => go(at.row, at.column));
  window.addEventListener("resize", draw);
  draw();
  figure.dataset.drawn = Math.round(performance.now() - begun);
};

document.querySelectorAll("[data-heat]").forEach(start);
})();
