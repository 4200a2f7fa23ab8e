// Tilt a double well and lower its barrier: where are the levels, and in which well is the ground state?

function viewDoubleWell(figure) {
  const controls = {
    eps: { label: "Asymmetry ε", values: linear(-1, 1, 41), start: 26, words: (x) => `${digits(x)} W` },
    Delta: { label: "Tunnelling amplitude Δ", values: linear(0, 1, 41), start: 6, words: (x) => `${digits(x)} W` },
  };
  explorer(figure, controls, { well: [360, 210, "The double well with its two levels"] }, ({ eps, Delta }, { well }) => {
    const tls = levels(eps, Delta);
    const [X, Y] = [(x) => 180 + 105 * x, (energy) => 112 - 34 * energy];
    // minima at x = -1 and +1 with energies -eps and +eps; the barrier is the lower, the stronger the tunnelling
    const potential = (x) => (2.6 - 1.7 * Delta) * (x * x - 1) ** 2 + (eps * x * (3 - x * x)) / 2;
    line(well, linear(-1.6, 1.6, 97).map((x) => [X(x), Y(potential(x))]).filter(([, y]) => y > 2), "curve");
    for (const [name, energy] of [["ground", tls.energies[0]], ["excited", tls.energies[1]]]) {
      const [right, left] = tls[name];
      line(well, [[X(-1.3), Y(energy)], [X(1.3), Y(energy)]], "level");
      for (const [x, amplitude] of [[-1, left], [1, right]]) {
        make(well, "circle", { cx: X(x), cy: Y(energy), r: 1 + 9 * Math.abs(amplitude), class: amplitude < 0 ? "minus" : "tls" });
      }
      make(well, "text", { x: 320, y: Y(energy) + 4 }, name);
    }
    make(well, "text", { x: X(-1), y: 204, "text-anchor": "middle" }, "σᶻ = −1");
    make(well, "text", { x: X(1), y: 204, "text-anchor": "middle" }, "σᶻ = +1");
    const share = tls.ground[1] ** 2;
    return `ε = ${digits(eps)} W, Δ = ${digits(Delta)} W: the splitting is ħν = 2√(ε² + Δ²) = ${digits(tls.splitting, 3)} W. ` +
      `In its ground state the TLS is in the left well with probability ${digits(share, 3)}. ` +
      (Delta === 0 ? "Without tunnelling each state sits in one well." : `It feels a strain through 2ε/ħν = ${digits((2 * eps) / tls.splitting)}.`);
  });
}
