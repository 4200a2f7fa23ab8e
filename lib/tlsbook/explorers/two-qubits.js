// Two qubits: how entangled a density matrix is. A complex number is a pair [re, im]; basis ++, +-, -+, --.
const times = ([a, b], [c, d]) => [a * c - b * d, a * d + b * c];
const plus = ([a, b], [c, d]) => [a + c, b + d];
const minus = ([a, b], [c, d]) => [a - c, b - d];
const scaled = (k, [a, b]) => [k * a, k * b];
const conjugate = ([a, b]) => [a, -b];
const range = (n) => [...Array(n).keys()];

/** Singular values of a square complex matrix: rotate pairs of rows until all are orthogonal (Jacobi). */
function singularValues(matrix) {
  const A = matrix.map((row) => row.map((z) => [...z]));
  let worst = 1;
  for (let sweep = 0; sweep < 30 && worst > 1e-9; sweep++) {
    worst = 0;
    for (let p = 0; p < A.length; p++) {
      for (let q = p + 1; q < A.length; q++) {
        const norm = (row) => row.reduce((sum, [x, y]) => sum + x * x + y * y, 0);
        const overlap = A[p].reduce((sum, z, i) => plus(sum, times(conjugate(z), A[q][i])), [0, 0]);
        const [size, limit] = [Math.hypot(...overlap), Math.sqrt(norm(A[p]) * norm(A[q]))];
        if (size <= 2 ** -51 * limit) continue;
        worst = Math.max(worst, size / limit);
        const zeta = (norm(A[q]) - norm(A[p])) / (2 * size);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cosine = 1 / Math.hypot(1, tangent);
        const sine = scaled((cosine * tangent) / size, overlap);
        A[p].forEach((x, i) => {
          const y = A[q][i];
          A[p][i] = minus(scaled(cosine, x), times(conjugate(sine), y));
          A[q][i] = plus(times(sine, x), scaled(cosine, y));
        });
      }
    }
  }
  return A.map((row) => Math.sqrt(row.reduce((sum, [x, y]) => sum + x * x + y * y, 0)));
}

/** X with X X^+ = rho, by Cholesky elimination with the largest pivot first; also where rho has no full rank. */
function squareRoot(rho) {
  const rest = rho.map((row) => row.map((z) => [...z]));
  const X = rho.map((row) => row.map(() => [0, 0]));
  const left = new Set(range(rho.length));
  for (let column = 0; left.size; column++) {
    const pivots = [...left].filter((i) => rest[i][i][0] > 32 * 2 ** -52 * rho[i][i][0]);
    if (!pivots.length) break;
    const pivot = pivots.reduce((best, i) => (rest[i][i][0] > rest[best][best][0] ? i : best));
    const root = Math.sqrt(rest[pivot][pivot][0]);
    left.delete(pivot);
    X[pivot][column] = [root, 0];
    for (const i of left) X[i][column] = scaled(1 / root, rest[i][pivot]);
    for (const i of left) {
      for (const j of left) rest[i][j] = minus(rest[i][j], times(X[i][column], conjugate(X[j][column])));
    }
  }
  return X;
}

/** Concurrence, Eq. (27): from the singular values of X^T (sy x sy) X, which keep all digits of a nearly pure state. */
function concurrence(rho) {
  const X = squareRoot(rho);
  const flipped = range(4).map((i) => range(4).map((j) => {
    const product = (a, b) => times(X[a][i], X[b][j]);
    return minus(plus(product(1, 2), product(2, 1)), plus(product(0, 3), product(3, 0)));
  }));
  const lambda = singularValues(flipped);
  return Math.max(0, 2 * Math.max(...lambda) - lambda.reduce((sum, x) => sum + x, 0));
}

/** Lowest eigenvalue of the partial transpose: negative exactly for an entangled state. It is never below -1/2. */
function lowestOfPartialTranspose(rho) {
  const shifted = range(4).map((i) => range(4).map((j) => {
    const [re, im] = rho[(i & 2) | (j & 1)][(j & 2) | (i & 1)];
    return [re + (i === j ? 0.5 : 0), im]; // no eigenvalue below 0: the singular values are the eigenvalues
  }));
  return Math.min(...singularValues(shifted)) - 0.5;
}
