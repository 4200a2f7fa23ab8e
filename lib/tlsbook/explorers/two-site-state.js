// The exact state of two TLSs among others at T = 0, in the frame that rotates with the nu_i: products over the others.

const exponential = ([x, y]) => [Math.exp(x) * Math.cos(y), Math.exp(x) * Math.sin(y)];

/** (exp(z t) - 1) / z without cancellation; t where z vanishes. */
function grown([x, y], t) {
  const size = x * x + y * y;
  if (size === 0) return [t, 0];
  const change = [Math.expm1(x * t) * Math.cos(y * t) - 2 * Math.sin((y * t) / 2) ** 2, Math.exp(x * t) * Math.sin(y * t)];
  return scaled(1 / size, times(change, [x, -y]));
}

/** Populations [upper, lower] of one TLS with initial polarisation m and decay rate G = 4 Y at the frequency w. */
function populations(w, G, m, t) {
  const [p, q] = [(1 + m) / 2, (1 - m) / 2];
  const lower = scaled(q, exponential([-G * t, w * t]));
  const upper = times(exponential([0, -w * t]), plus([p, 0], scaled(G * q, grown([-G, 2 * w], t))));
  return [upper, lower];
}

/** Density matrix of the sites a and b at the time t. glass: couplings J (N x N), rates G and polarisations m (N). */
function twoSiteState({ J, G, m }, a, b, t) {
  const F = { a: [1, 0], b: [1, 0], sum: [1, 0], difference: [1, 0] };
  for (const j of range(m.length)) {
    if (j === a || j === b) continue;
    const [x, y] = [4 * J[a][j], 4 * J[b][j]];
    for (const [name, w] of [["a", x], ["b", y], ["sum", x + y], ["difference", x - y]]) {
      F[name] = times(F[name], plus(...populations(w, G[j], m[j], t)));
    }
  }
  const [own, other] = [a, b].map((i) => populations(4 * J[a][b], G[i], m[i], t));
  const [[p_a, q_a], [p_b, q_b]] = [a, b].map((i) => populations(0, G[i], m[i], t).map(([re]) => re));
  const [c_a, c_b] = [a, b].map((i) => 0.5 * Math.sqrt(Math.max(0, 1 - m[i] ** 2)) * Math.exp((-G[i] * t) / 2));
  const rho = range(4).map(() => range(4).map(() => [0, 0]));
  [p_a * p_b, p_a * q_b, q_a * p_b, q_a * q_b].forEach((x, i) => (rho[i][i] = [x, 0]));
  rho[0][2] = scaled(c_a, times(F.a, other[0]));
  rho[1][3] = scaled(c_a, times(F.a, other[1]));
  rho[0][1] = scaled(c_b, times(F.b, own[0]));
  rho[2][3] = scaled(c_b, times(F.b, own[1]));
  rho[0][3] = scaled(c_a * c_b, F.sum);
  rho[1][2] = scaled(c_a * c_b, F.difference);
  for (const i of range(4)) for (let j = i + 1; j < 4; j++) rho[j][i] = conjugate(rho[i][j]);
  return rho;
}

/** Concurrence of every pair: [i, j, C_ij], i < j. */
function allPairs(glass, t) {
  const n = glass.m.length;
  return range(n).flatMap((i) => range(n - i - 1).map((k) => [i, i + 1 + k, concurrence(twoSiteState(glass, i, i + 1 + k, t))]));
}
