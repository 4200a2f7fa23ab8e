// A glass in its periodic box: who is entangled with whom, from the first rise to the plateau, with and without decay.

function viewGlass(figure) {
  const STEPS = 61;
  const controls = {
    glass: { label: "Number of TLSs", values: DATA.glasses, start: 1, choice: true, words: (g) => String(g.m.length) },
    decay: { label: "Dissipation scale", values: [0, 1e-4, 1e-2, 1, 100], start: 0, choice: true, words: (x) => (x ? digits(x) : "none") },
    time: { label: "Time", values: logarithmic(1e-3, 1e3, STEPS), start: 20, words: (t) => `${digits(t)} ħ/W` },
    turn: { label: "Turn the box", values: linear(0, 350, 36), start: 3, words: (x) => `${x} degrees` },
  };
  const pictures = { box: [360, 290, "The glass in its box"], chart: [360, 165, "Average concurrence against time"] };
  const kept = new Map(); // pairs by glass, decay and time: a turn of the box computes nothing
  const pairsAt = (glass, decay, t) => {
    const key = `${glass.m.length} ${decay} ${t}`;
    if (!kept.has(key)) kept.set(key, allPairs({ ...glass, G: glass.G.map((rate) => decay * rate) }, t));
    return kept.get(key);
  };
  const average = (glass, decay, t) => pairsAt(glass, decay, t).reduce((sum, [, , C]) => sum + C, 0) / glass.m.length;
  const update = explorer(figure, controls, pictures, ({ glass, decay, time, turn }, { box, chart }) => {
    const pairs = pairsAt(glass, decay, time);
    drawBox(box, glass, pairs, (turn * Math.PI) / 180);
    const done = controls.time.values.filter((t) => kept.has(`${glass.m.length} ${decay} ${t}`));
    const curve = done.map((t) => [t, average(glass, decay, t)]);
    const top = Math.max(0.05, ...curve.map(([, c]) => c));
    const x = { low: 1e-3, high: 1e3, log: true, ticks: [1e-3, 1e-1, 1e1, 1e3], label: "t (ħ/W)" };
    const [X, Y] = axes(chart, x, { low: 0, high: top, ticks: [0, Number(top.toPrecision(2))], label: "C" });
    line(chart, curve.map(([t, c]) => [X(t), Y(c)]), "curve");
    const C = average(glass, decay, time);
    make(chart, "circle", { cx: X(time), cy: Y(C), r: 5, class: "tls" });
    if (done.length < STEPS) setTimeout(() => more(glass, decay));
    const [i, j, strongest] = pairs.reduce((best, pair) => (pair[2] > best[2] ? pair : best));
    const seen = pairs.filter((pair) => pair[2] > 0.01).length;
    return `t = ${digits(time)} ħ/W: average concurrence ${digits(C)}. ${seen} of ${pairs.length} pairs are above 0.01` +
      (strongest > 0 ? `; the most entangled, ${i + 1} and ${j + 1}, has ${digits(strongest)}.` : "; no pair is entangled.");
  });
  function more(glass, decay) { // the curve grows while the page stays alive
    const next = controls.time.values.filter((t) => !kept.has(`${glass.m.length} ${decay} ${t}`)).slice(0, 6);
    next.forEach((t) => pairsAt(glass, decay, t));
    if (next.length) update();
  }
}

/** The cube, the TLSs, and a bond for each entangled pair; a bond through a face of the cube is drawn in two halves. */
function drawBox(svg, { positions, side, m }, pairs, angle) {
  const project = (point) => {
    const [u, v, w] = point.map((x) => x / side - 0.5);
    const [right, deep] = [u * Math.cos(angle) - v * Math.sin(angle), u * Math.sin(angle) + v * Math.cos(angle)];
    return [180 + 185 * right, 145 - 160 * w + 52 * deep, deep];
  };
  const bond = (from, to, attributes) => {
    const [[x1, y1], [x2, y2]] = [project(from), project(to)];
    make(svg, "line", { x1, y1, x2, y2, ...attributes });
  };
  for (const axis of range(3)) {
    for (const corner of [[0, 0], [0, 1], [1, 0], [1, 1]]) {
      const [from, to] = [0, side].map((end) => corner.map((c) => c * side).toSpliced(axis, 0, end));
      bond(from, to, { class: "edge" });
    }
  }
  for (const [i, j, C] of pairs) {
    if (C < 0.005) continue;
    const [from, to] = [positions[i], positions[j]];
    const step = to.map((x, d) => x - from[d] - side * Math.round((x - from[d]) / side));
    const through = step.some((x, d) => Math.abs(from[d] + x - to[d]) > 1e-9 * side);
    const style = { class: through ? "bond through" : "bond", "stroke-width": 1 + 7 * C, "stroke-opacity": Math.min(1, 0.45 + C) };
    const half = (start, sign) => bond(start, start.map((x, d) => x + (sign * step[d]) / 2), style);
    if (through) { half(from, 1); half(to, -1); } else bond(from, to, style);
  }
  positions.map(project).forEach(([x, y, deep], i) => {
    make(svg, "circle", { cx: x, cy: y, r: 5 + 2 * deep, class: "tls" });
    if (m.length <= 12) make(svg, "text", { x: x + 7, y: y - 5 }, String(i + 1));
  });
}
