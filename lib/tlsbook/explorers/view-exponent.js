// What an exponent is: choose a window of Fig. 4's own data and see which power law it gives.

function viewExponent(figure) {
  const times = DATA.curves[0].time;
  const controls = {
    curve: { label: "Number of TLSs", values: DATA.curves, start: DATA.curves.length - 1, choice: true, words: (c) => String(c.n_tls) },
    first: { label: "Window from", values: times, start: times.findIndex((t) => t > 0.49), words: (t) => `${digits(t)} ħ/W` },
    last: { label: "Window to", values: times, start: times.findIndex((t) => t > 1.9), words: (t) => `${digits(t)} ħ/W` },
  };
  explorer(figure, controls, { chart: [360, 235, "Average concurrence against time, both logarithmic"] }, ({ curve, first, last }, { chart }) => {
    const x = { low: 1e-2, high: 1e3, log: true, ticks: [1e-2, 1e-1, 1, 10, 100, 1e3], label: "t (ħ/W)" };
    const y = { low: 1e-6, high: 1, log: true, ticks: [1e-6, 1e-4, 1e-2, 1], label: "C" };
    const [X, Y] = axes(chart, x, y, { bottom: 198 });
    const law = powerLaw(curve, first, last);
    const seen = range(curve.time.length).filter((k) => curve.mean[k] > 1e-6);
    for (const k of seen) {
      const [low, high] = [-1, 1].map((s) => Math.max(1e-6, curve.mean[k] + s * curve.stderr[k]));
      line(chart, [[X(curve.time[k]), Y(low)], [X(curve.time[k]), Y(high)]], "error");
      make(chart, "circle", { cx: X(curve.time[k]), cy: Y(curve.mean[k]), r: 2.2, class: "tls" });
    }
    for (const t of [first, last]) line(chart, [[X(t), 10], [X(t), 198]], "faint");
    if (last < first) return "The window ends before it begins: move one of its ends.";
    if (!law) return "A power law needs three times with entanglement in the window: make it wider.";
    const ends = [first / 2, last * 2].map((t) => [t, law.prefactor * t ** -law.exponent]).filter(([, c]) => c > 1e-6 && c < 1);
    line(chart, ends.map(([t, c]) => [X(t), Y(c)]), "curve");
    return `${curve.n_tls} TLSs, ${law.n_times} times from ${digits(first)} to ${digits(last)} ħ/W: C ~ t^−β with ` +
      `β = ${law.exponent.toFixed(2)} ± ${law.error.toFixed(2)}. Slide the window: where β changes, there is no one power law.`;
  });
}
