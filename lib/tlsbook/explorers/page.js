// What every explorer is made of: labelled controls, one sentence that says what is seen, and SVG pictures.
// Colours come from the theme's variables, so the dark needs nothing; the keyboard works because the controls are native.

const SVG = "http://www.w3.org/2000/svg";

/** A new element with attributes, inside `parent`. */
function make(parent, name, attributes = {}, text = "") {
  const drawn = name === "svg" || parent.namespaceURI === SVG;
  const element = drawn ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return parent.appendChild(element);
}

/** Fill a figure: `controls` are {name: {label, values, start, words}}; `draw(values, pictures)` returns the sentence. */
function explorer(figure, controls, pictures, draw) {
  const box = document.createElement("div");
  box.className = "explorer-box";
  figure.insertBefore(box, figure.querySelector("figcaption"));
  const panel = make(box, "div", { class: "explorer-controls" });
  const says = make(box, "p", { class: "explorer-says", role: "status" });
  const canvases = Object.fromEntries(Object.entries(pictures).map(([name, [width, height, label]]) => [
    name, make(box, "svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label }),
  ]));
  const inputs = {};
  const current = () => Object.fromEntries(Object.entries(controls).map(([name, c]) => [name, c.values[inputs[name].value]]));
  const update = () => {
    for (const svg of Object.values(canvases)) svg.replaceChildren();
    for (const [name, { words }] of Object.entries(controls)) {
      if (inputs[name].type === "range") inputs[name].setAttribute("aria-valuetext", words(current()[name]));
    }
    says.textContent = draw(current(), canvases);
  };
  for (const [name, { label, values, start, words, choice }] of Object.entries(controls)) {
    const id = `${figure.dataset.explorer}-${name}`;
    make(panel, "label", { for: id }, label);
    inputs[name] = choice
      ? make(panel, "select", { id })
      : make(panel, "input", { id, type: "range", min: 0, max: values.length - 1, step: 1 });
    if (choice) values.forEach((value, k) => make(inputs[name], "option", { value: k }, words(value)));
    inputs[name].value = start;
    inputs[name].addEventListener("input", update);
  }
  update();
  return update;
}

/** Numbers from `low` to `high`: `count` of them, evenly spaced or (logarithmic) by equal factors. */
const linear = (low, high, count) => range(count).map((k) => low + ((high - low) * k) / (count - 1));
const logarithmic = (low, high, count) => linear(Math.log10(low), Math.log10(high), count).map((x) => 10 ** x);

/** A number as one reads it. */
function digits(x, figures = 2) {
  if (x === 0) return "0";
  if (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e4) return String(Number(x.toPrecision(figures)));
  const [mantissa, exponent] = x.toExponential(figures - 1).split("e");
  return `${mantissa} × 10^${Number(exponent)}`;
}

/** Axes of a chart; returns how to go from numbers to places. `x`, `y`: {low, high, ticks, label, log}. */
function axes(svg, x, y, { left = 46, right = 352, top = 10, bottom = 128 } = {}) {
  const place = ({ low, high, log }, from, to) => (value) => {
    const f = log ? Math.log10 : (u) => u;
    return from + ((to - from) * (f(value) - f(low))) / (f(high) - f(low));
  };
  const [X, Y] = [place(x, left, right), place(y, bottom, top)];
  make(svg, "path", { class: "axis", d: `M${left} ${top}V${bottom}H${right}` });
  for (const tick of x.ticks) {
    make(svg, "text", { x: X(tick), y: bottom + 14, "text-anchor": "middle" }, power(tick, x.log));
  }
  for (const tick of y.ticks) {
    make(svg, "text", { x: left - 5, y: Y(tick) + 4, "text-anchor": "end" }, power(tick, y.log));
  }
  make(svg, "text", { x: (left + right) / 2, y: bottom + 29, "text-anchor": "middle" }, x.label);
  make(svg, "text", { x: left + 4, y: top + 8 }, y.label);
  return [X, Y];
}

const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const power = (value, log) =>
  log ? `10${[...String(Math.round(Math.log10(value)))].map((c) => SUPERSCRIPT[c]).join("")}` : String(value);

/** A line through points [x, y]. */
function line(svg, points, css) {
  const path = points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
  if (points.length) make(svg, "path", { class: css, d: `M${path}` });
}
