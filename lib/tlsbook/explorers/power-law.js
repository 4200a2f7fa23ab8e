// A straight line through ln C against ln t in a window, and how well its slope is known.

/** Exponent beta of C ~ t^-beta by least squares with weights (C / stderr)^2; its error by leaving out one block at a time. */
function powerLaw({ time, mean, stderr, blocks }, first, last) {
  const inside = range(time.length).filter((k) => time[k] >= first * (1 - 1e-9) && time[k] <= last * (1 + 1e-9));
  if (inside.length < 3 || inside.some((k) => !(mean[k] > 0))) return null;
  const line = (values) => {
    const w = inside.map((k) => (mean[k] / stderr[k]) ** 2);
    const total = (f) => inside.reduce((sum, k, i) => sum + w[i] * f(Math.log(time[k]), Math.log(Math.max(values[k], 1e-300))), 0);
    const n = total(() => 1);
    const [x, y] = [total((u) => u) / n, total((u, v) => v) / n];
    const slope = total((u, v) => (u - x) * (v - y)) / total((u) => (u - x) ** 2);
    return { exponent: -slope, prefactor: Math.exp(y - slope * x) };
  };
  const n = blocks.length;
  const sum = time.map((_, k) => blocks.reduce((s, block) => s + block[k], 0));
  const without = blocks.map((block) => line(sum.map((s, k) => (s - block[k]) / (n - 1))).exponent);
  const centre = without.reduce((s, x) => s + x, 0) / n;
  const error = Math.sqrt(((n - 1) / n) * without.reduce((s, x) => s + (x - centre) ** 2, 0));
  return { ...line(mean), error, n_times: inside.length };
}
