// One TLS: a double well with the asymmetry eps and the tunnelling amplitude Delta, H = Delta sx + eps sz, Eq. (3).

/** Splitting, energies and eigenstates; an eigenstate is [amplitude in the upper well, amplitude in the lower well]. */
function levels(eps, Delta) {
  const half = Math.hypot(eps, Delta);
  const angle = Math.atan2(Delta, eps) / 2; // half the angle between the field (Delta, eps) and the z axis
  return {
    splitting: 2 * half,
    energies: [-half, half],
    ground: [-Math.sin(angle), Math.cos(angle)],
    excited: [Math.cos(angle), Math.sin(angle)],
  };
}
