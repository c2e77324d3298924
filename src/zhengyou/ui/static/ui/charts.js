// Draws each chart card from the table below it, so that drawing and table cannot differ.
(() => {
"use strict";
const SVG = "http://www.w3.org/2000/svg";
const make = (name, attributes, text) => {
  const node = document.createElementNS(SVG, name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  if (text !== undefined) node.textContent = text;
  return node;
};
const figure = (text) => parseFloat(text.replace(/[,，\s]/g, ""));

// First column names, second figures, third (if any) the plan as a tick
const bars = (plot, rows, unit) => {
  const narrow = plot.clientWidth < 480;
  const line = narrow ? 44 : 30;
  const names = narrow ? 0 : 120;
  const values = narrow ? 0 : 96;
  const wide = plot.clientWidth - 40 - names - values;
  const most = Math.max(1, ...rows.flatMap((row) => row.slice(1).map(figure).filter(isFinite)));
  const top = unit === "%" ? 100 : most;
  const svg = make("svg", { height: rows.length * line, "aria-hidden": "true" });
  rows.forEach((row, i) => {
    const y = i * line + (narrow ? 26 : 10);
    const done = figure(row[1]);
    const label = isFinite(done) ? `${row[1]}${unit}` : row[1];
    const across = (share) => (share / top) * wide;
    svg.append(make("text", narrow ? { x: 0, y: y - 8, class: "start" }
      : { x: names - 12, y: y + 9, class: "name" }, row[0]));
    svg.append(make("rect", { class: "t", x: names, y, width: wide, height: 10, rx: 5 }));
    if (isFinite(done)) {
      svg.append(make("rect", { class: "f", x: names, y, width: across(done), height: 10, rx: 5 }));
    }
    const plan = row[2] === undefined ? NaN : figure(row[2]);
    if (isFinite(plan)) {
      const x = names + across(plan);
      svg.append(make("line", { class: "m", x1: x, x2: x, y1: y - 3, y2: y + 13 }));
    }
    svg.append(make("text", narrow ? { x: wide, y: y - 8, class: "value end" }
      : { x: names + wide + 12, y: y + 9, class: "value" }, label));
  });
  plot.replaceChildren(svg);
};
// First column names, second figures, as a line over time
const line = (plot, rows, unit) => {
  const wide = plot.clientWidth - 40;
  const high = 180;
  const left = 44;
  const values = rows.map((row) => figure(row[1]));
  const top = unit === "%" ? 100 : Math.max(1, ...values.filter(isFinite));
  const across = (i) => left + (i / Math.max(1, rows.length - 1)) * (wide - left - 24);
  const down = (value) => 12 + (1 - value / top) * (high - 48);
  const svg = make("svg", { height: high, "aria-hidden": "true" });
  [0, top / 2, top].forEach((mark) => {
    const y = down(mark);
    svg.append(make("line", { class: "g", x1: left, x2: wide, y1: y, y2: y }));
    svg.append(make("text", { class: "end", x: left - 8, y: y + 4 }, `${mark}${unit}`));
  });
  const each = Math.ceil((rows.length * 76) / (wide - left));
  let path = "";
  rows.forEach((row, i) => {
    const x = across(i);
    const last = i === rows.length - 1;
    if (last || (i % each === 0 && rows.length - 1 - i >= each)) {
      svg.append(make("text", { class: last ? "end" : "mid", x: last ? wide : x, y: high - 8 },
        row[0].replace(/^\d+年/, "")));
    }
    if (!isFinite(values[i])) return;
    path += `${path && isFinite(values[i - 1]) ? "L" : "M"}${x},${down(values[i])}`;
    svg.append(make("circle", { class: "f", cx: x, cy: down(values[i]), r: last ? 5 : 3 }));
    if (last) svg.append(make("text", { class: "value end", x: wide, y: down(values[i]) - 10 },
      `${row[1]}${unit}`));
  });
  svg.insertBefore(make("path", { class: "l", d: path || "M0,0" }), svg.firstChild);
  plot.replaceChildren(svg);
};
const KINDS = { bars, line };

const draw = () => document.querySelectorAll("[data-plot]").forEach((plot) => {
  const rows = [...document.getElementById(plot.dataset.table).querySelectorAll("tbody tr")]
    .map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
  plot.hidden = false;
  KINDS[plot.dataset.plot](plot, rows, plot.dataset.unit);
});
document.querySelectorAll(".zy-chart details").forEach((data) => { data.open = false; });
draw();
addEventListener("resize", draw);
addEventListener("beforeprint", () =>
  document.querySelectorAll(".zy-chart details").forEach((data) => { data.open = true; }));
})();
