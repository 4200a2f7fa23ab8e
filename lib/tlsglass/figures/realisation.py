"""Figure 3: a real sample of TLSs in the periodic cube, with its strongest couplings."""

import numpy as np
from matplotlib.figure import Figure
from mpl_toolkits.mplot3d.art3d import Line3DCollection

from tlsglass._checks import finite_array, integer, positive
from tlsglass._signatures import checked
from tlsglass.disorder import Realisation
from tlsglass.disorder.couplings import minimum_image_separations
from tlsglass.figures import style

_THIN, _THICK = 0.9, 4.5  # line widths of the weakest and the strongest bond drawn


COINCIDENT = 1e-12  # parts of a bond


@checked
def bond_pieces(start: np.ndarray, end: np.ndarray, side: float) -> list[np.ndarray]:
    """Shortest line between two points of a periodic cube, cut where it leaves through a face.

    Parameters
    ----------
    start, end : array, shape (3,)
        Points inside the cube `[0, side]^3`.
    side : float

    Returns
    -------
    list of array, shape (2, 3)
        The pieces in order, all inside the cube: one if the line stays inside, two if it leaves through one face, four
        at most.
    """
    positive("side", side)
    start, end = finite_array("start", start, (3,)), finite_array("end", end, (3,))
    separation = minimum_image_separations(np.array([start, end]), side)[1, 0]
    cuts = [0.0, 1.0]
    for x, dx in zip(start, separation, strict=True):
        if x + dx < 0:
            cuts.append(-x / dx)
        elif x + dx > side:
            cuts.append((side - x) / dx)
    cuts.sort()
    pieces = []
    for first, last in zip(cuts[:-1], cuts[1:], strict=True):
        if last - first < COINCIDENT:  # through an edge or a corner: one cut, rounded twice
            continue
        image = side * np.floor((start + 0.5 * (first + last) * separation) / side)  # the copy of the cube it runs in
        pieces.append(np.array([start + first * separation, start + last * separation]) - image)
    return pieces


@checked
def strongest_bonds(J: np.ndarray, n_bonds: int) -> list[tuple[int, int]]:
    """Pairs `(i, j)`, `i < j`, with the largest `|J_ij|`, strongest first.

    Raises
    ------
    ValueError
        If `J` is not square, or `n_bonds` is not an integer between 1 and the number of pairs.
    """
    n = len(np.atleast_1d(J))
    J = finite_array("J", J, (n, n))
    i, j = np.triu_indices(n, 1)
    if integer("n_bonds", n_bonds, at_least=1) > i.size:
        raise ValueError(f"n_bonds = {n_bonds!r} is not allowed: there are {i.size} pairs")
    order = np.argsort(-np.abs(J[i, j]), kind="stable")[:n_bonds]
    return list(zip(i[order].tolist(), j[order].tolist(), strict=True))


@checked
@style.in_style
def realisation(sample: Realisation, J: np.ndarray, n_bonds: int = 40) -> Figure:
    """Draw Fig. 3: the TLSs in the cube and their strongest couplings.

    A bond is the thicker the larger `|J_ij|` (logarithmically); it is blue for `J > 0` and vermillion for `J < 0`. A
    bond to a periodic image is dashed: it goes out through one face and in through the opposite one, at the small open
    circles. The shade of a TLS is its tilt `2 |eps| / (hbar nu)`, to which its couplings are proportional.

    Parameters
    ----------
    sample : Realisation
        In a cube.
    J : array, shape (N, N)
        Its couplings, Eq. (22).
    n_bonds : int
        How many bonds to draw.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If `J` has the wrong shape or there are fewer pairs than `n_bonds`.
    """
    n, side = len(sample.positions), positive("sample.side", sample.side)
    J = finite_array("J", J, (n, n))
    bonds = strongest_bonds(J, n_bonds)
    figure, axes = style.subplots(size=(6.4, 5.4), subplot_kw={"projection": "3d"})
    _cube(axes, side)
    weakest, strongest = (np.log(abs(J[bonds[k]])) for k in (-1, 0))
    for i, j in bonds:
        share = (np.log(abs(J[i, j])) - weakest) / max(strongest - weakest, np.finfo(float).tiny)
        pieces = bond_pieces(sample.positions[i], sample.positions[j], side)
        axes.add_collection3d(
            Line3DCollection(
                pieces,
                colors=style.COLOURS["blue" if J[i, j] > 0 else "vermillion"],
                linewidths=_THIN + (_THICK - _THIN) * share,
                linestyles="solid" if len(pieces) == 1 else (0, (2.5, 1.2)),
            )
        )
        for out, back in zip(pieces[:-1], pieces[1:], strict=True):
            axes.plot(*np.array([out[1], back[0]]).T, "o", ms=3, mfc="white", mec="0.35", mew=0.7)
    tilt = 2 * np.abs(sample.asymmetry) / sample.splitting
    dots = axes.scatter(
        *sample.positions.T, c=tilt, cmap="Greys", vmin=0, vmax=1, s=60, edgecolors="black", depthshade=False, zorder=5
    )
    figure.colorbar(dots, ax=axes, shrink=0.55, pad=0.02, label=r"tilt $2\varepsilon_i/\hbar\nu_i$")
    return figure


def _cube(axes, side):
    corners = np.array([[i >> k & 1 for k in range(3)] for i in range(8)]) * side
    edges = [(a, b) for a in range(8) for b in range(a) if bin(a ^ b).count("1") == 1]
    axes.add_collection3d(Line3DCollection([corners[list(e)] for e in edges], colors="0.6", linewidths=0.8))
    axes.set(xlim=(0, side), ylim=(0, side), zlim=(0, side), box_aspect=(1, 1, 1))
    axes.view_init(elev=18, azim=-62)
    axes.set_axis_off()
    axes.text(side / 2, 0, -0.12 * side, r"$L = N^{1/3} L_0$", ha="center")
