// Two TLSs and their witnesses: each third spin that feels the pair dephases it, until the pair is separable.

function viewPair(figure) {
  const controls = {
    witnesses: { label: "Third spins", values: [0, 1, 2, 3, 4], start: 1, words: String },
    strength: { label: "Their coupling over that of the pair", values: linear(0, 2, 41), start: 8, words: (x) => digits(x) },
    m: { label: "Their polarisation ⟨Sᶻ⟩", values: linear(-1, 1, 21), start: 10, words: (x) => digits(x) },
    phase: { label: "Time 4 J t / π", values: linear(0, 3, 121), start: 30, words: (x) => digits(x) },
  };
  const pair = (n, strength, m) => {
    const J = range(n + 2).map(() => Array(n + 2).fill(0));
    const couple = (i, j, value) => (J[i][j] = J[j][i] = value);
    couple(0, 1, 1);
    // alternately near the one and near the other; each a little weaker than the one before
    range(n).forEach((k) => { couple(k % 2, k + 2, strength / (1 + k / 2)); couple(1 - (k % 2), k + 2, strength / (3 + k)); });
    return { J, G: Array(n + 2).fill(0), m: [0, 0, ...Array(n).fill(m)] };
  };
  const at = (glass, phase) => twoSiteState(glass, 0, 1, (phase * Math.PI) / 4);
  explorer(figure, controls, { chart: [360, 165, "Concurrence of the pair against time"] }, ({ witnesses, strength, m, phase }, { chart }) => {
    const glass = pair(witnesses, strength, m);
    const x = { low: 0, high: 3, ticks: [0, 1, 2, 3], label: "4 J t / π" };
    const [X, Y] = axes(chart, x, { low: 0, high: 1, ticks: [0, 0.5, 1], label: "C" });
    const curve = (g) => controls.phase.values.map((u) => [u, concurrence(at(g, u))]);
    const witnessed = curve(glass);
    line(chart, curve(pair(0, 0, 0)).map(([u, c]) => [X(u), Y(c)]), "faint");
    line(chart, witnessed.map(([u, c]) => [X(u), Y(c)]), "curve");
    const rho = at(glass, phase);
    const [C, lowest] = [concurrence(rho), lowestOfPartialTranspose(rho)];
    make(chart, "circle", { cx: X(phase), cy: Y(C), r: 5, class: "tls" });
    const lost = witnessed.find(([u, c], k) => k > 0 && c === 0 && Math.abs(Math.sin(u * Math.PI)) > 1e-9);
    return `At 4Jt = ${digits(phase)} π: concurrence ${digits(C, 3)}, alone it would be ${digits(Math.abs(Math.sin(phase * Math.PI)), 3)}. ` +
      `The lowest eigenvalue of the partial transpose is ${digits(lowest)}: ${lowest < -1e-12 ? "entangled" : "separable"}. ` +
      (lost ? `The pair is first separable for a while at 4Jt = ${digits(lost[0])} π.` : "In this window the pair never stays separable.");
  });
}
