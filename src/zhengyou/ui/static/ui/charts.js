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
const KINDS = { bars };

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
