"""The pictures with which the chapters on open and large systems begin, drawn from numbers of the library."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from tlsglass._checks import between, finite_array, integer, positive, positive_array, refuse
from tlsglass._signatures import checked
from tlsglass.disorder import Realisation
from tlsglass.figures.isolated import TIME_LABEL
from tlsglass.figures.style import COLOURS, COLUMN, PALETTE, colour_of_n, in_style, looks, subplots

BINS = 40
TURNED = 1.0  # a phase 4 |J| t from which on a pair counts as turned


def _telegraph(down, up, stop, rng):
    """Times at which a spin jumps, starting up, until `stop`; it waits exponentially long, by the rate of its state."""
    jumps, t = [], 0.0
    while (rate := (down, up)[len(jumps) % 2]) > 0:
        t += rng.exponential(1 / rate)
        if t > stop:
            break
        jumps.append(t)
    return np.array(jumps)


def _signs_and_phase(jumps, time):
    """Return the sign of a spin, +1 at first, and the integral of it from 0 on, at increasing times from 0 on."""
    sign = 1 - 2 * (np.searchsorted(jumps, time, side="right") % 2)
    corners = np.concatenate([[0.0], jumps])
    heights = np.concatenate([[0.0], np.cumsum(np.diff(corners) * (-1.0) ** np.arange(len(jumps)))])
    last = np.searchsorted(corners, time, side="right") - 1
    return sign, heights[last] + (-1.0) ** last * (time - corners[last])


@checked
@in_style
def telegraph_signals(frequencies: np.ndarray, down: float, up: float, n_histories: int, seed: int) -> Figure:
    """Signals of traced spins, and the phase of the kept spin that listens to their sum, in several histories.

    Parameters
    ----------
    frequencies : array, shape (n,)
        `4 J / hbar` of the kept spin with each traced one, in units of `W/hbar`.
    down, up : float
        Rates of the jumps of each, in units of `W/hbar`, not negative.
    n_histories : int
        How many phases are drawn; the signals are those of the first.
    seed : int
    """
    frequencies = finite_array("frequencies", frequencies, (None,))
    down, up = between("down", down, 0, 1e3), between("up", up, 0, 1e3)  # a thousand jumps are enough to see
    stop, rng = 1.0, np.random.default_rng(integer("seed", seed, 0))
    time = np.linspace(0, stop, 401)
    figure, (signals, phases) = subplots(2, 1, size=(6.4, 4.4), sharex=True, height_ratios=(1, 1.2))
    for history in range(integer("n_histories", n_histories, 1, 1000)):
        phase = np.zeros_like(time)
        for i, frequency in enumerate(frequencies):
            sign, integral = _signs_and_phase(_telegraph(down, up, stop, rng), time)
            phase += frequency * integral
            if history == 0:
                signals.plot(time, 0.35 * sign - 1.2 * i, drawstyle="steps-post", color=PALETTE[i % len(PALETTE)])
        look = dict(color="0.75", linewidth=0.8, zorder=1) if history else dict(color=COLOURS["black"], zorder=2)
        phases.plot(time, phase, **look)
    signals.set(yticks=-1.2 * np.arange(len(frequencies)), ylabel="traced spin")
    signals.set_yticklabels(range(1, len(frequencies) + 1))
    phases.set(xlabel=TIME_LABEL, ylabel="phase of the kept spin")
    return figure


@checked
@in_style
def two_clocks(decay: np.ndarray, turning: np.ndarray) -> Figure:
    """Histograms, over TLSs, of the decay rate and of the rate at which the closest partner turns the phase.

    Parameters
    ----------
    decay, turning : arrays, shape (n,)
        `1/T1` and `4 max|J| / hbar` of each TLS, positive, in units of `W/hbar`.
    """
    decay = positive_array("decay", decay, (None,))
    turning = positive_array("turning", turning, decay.shape)
    figure, axes = subplots(size=(6.4, 3.2))
    bins = np.geomspace(min(decay.min(), turning.min()), max(decay.max(), turning.max()), BINS)
    for values, colour, label in ((decay, "vermillion", "decay, $1/T_1$"), (turning, "blue", "turning, $4|J|/\\hbar$")):
        share = np.full(values.size, 1 / values.size)
        axes.hist(values, bins, weights=share, color=COLOURS[colour], alpha=0.55, label=label)
    axes.set(xscale="log", xlabel="rate $(W/\\hbar)$", ylabel="share of the TLSs")
    axes.legend()
    return figure


@checked
@in_style
def turned_across(sample: Realisation, J: np.ndarray, times: np.ndarray) -> Figure:
    """The pairs across the plane that halves a cube, once they have turned, at several times, seen from above.

    Pairs that see each other through a face of the periodic cube are left out.

    Parameters
    ----------
    sample : Realisation
        In a cube.
    J : array, shape (N, N)
        Its couplings, in units of `W`.
    times : array, shape (n,)
        In units of `hbar/W`, positive.
    """
    n = len(sample.positions)
    J, times = finite_array("J", J, (n, n)), positive_array("times", times, (None,))
    middle = positive("sample.side", sample.side) / 2
    x, y, _ = sample.positions.T
    left = x < middle
    pairs = [(i, j) for i, j in zip(*np.triu_indices(n, 1), strict=True) if left[i] != left[j]]
    figure, panels = subplots(1, len(times), size=(COLUMN, 3.0), squeeze=False)
    for panel, t in zip(panels[0], times, strict=True):
        for i, j in pairs:
            apart = sample.positions[i] - sample.positions[j]
            if 4 * abs(J[i, j]) * t > TURNED and np.all(abs(apart) < middle):
                panel.plot(x[[i, j]], y[[i, j]], color=COLOURS["green"], linewidth=0.8, zorder=1)
        panel.axvline(middle, color="0.6", linestyle="--", linewidth=1)
        for side, colour in ((left, "blue"), (~left, "vermillion")):
            panel.plot(x[side], y[side], "o", color=COLOURS[colour], zorder=2)
        panel.set(aspect="equal", xticks=[], yticks=[], xlabel=f"$t = {t:g}$")
        panel.spines[:].set_visible(True)
    return figure


@checked
@in_style
def distance_from_entangled(margins: Mapping[int, np.ndarray]) -> Figure:
    """Histograms of how far the spectrum of a pair is from one that any entangled state can have.

    Parameters
    ----------
    margins : dict
        By the number of spins `N`: `l1 - l3 - 2 sqrt(l2 l4)` of the falling eigenvalues of states of two spins. Where
        this is negative no state is entangled (Verstraete, Audenaert and De Moor, Phys. Rev. A 64, 012316 (2001)).
    """
    figure, axes = subplots(size=(6.4, 3.4))
    bins = np.linspace(-0.5, 1, 3 * BINS + 1)  # all there are
    for n, values in margins.items():
        values = finite_array(f"margins[{n}]", values, (None,))
        share = np.histogram(values, bins)[0] / values.size
        axes.stairs(share, bins, color=colour_of_n(n), linewidth=1.6)
        axes.text(bins[share.argmax()], share.max() + 0.005, f"$N = {n}$", color=colour_of_n(n), ha="center")
    axes.axvspan(0, 1, color="0.93", linewidth=0, zorder=0)
    axes.text(0.02, 0.97, "may be entangled", transform=axes.get_xaxis_transform(), va="top")
    axes.set(xlim=(-0.5, 1), ylabel="share of the states")
    axes.set(xlabel=r"$\lambda_1-\lambda_3-2\sqrt{\lambda_2\lambda_4}$")
    return figure


@checked
@in_style
def neighbourhoods(pairs: Mapping[str, tuple[np.ndarray, np.ndarray]], time: float) -> Figure:
    """Two TLSs and all others around them, with a line wherever a phase has turned.

    Parameters
    ----------
    pairs : dict
        By a name: distances from the TLSs 0 and 1 in units of `L0`, shape (2, N), and couplings `J` in units of `W`,
        shape (2, N). The others stand at their distance from TLS 0, evenly around it.
    time : float
        In units of `hbar/W`, positive.
    """
    positive("time", time)
    if not pairs:
        refuse("pairs", pairs, "at least one pair")
    figure, panels = subplots(1, len(pairs), size=(COLUMN, 4.0), squeeze=False)
    for panel, (name, (distance, J)) in zip(panels[0], pairs.items(), strict=True):
        n = np.shape(J)[-1]
        distance, J = positive_array(f"{name}: distance", distance[:, 2:], (2, n - 2)), finite_array(name, J, (2, n))
        angle = 2 * np.pi * np.arange(n - 2) / (n - 2)
        where = np.concatenate([[0, 0.25], distance[0] * np.exp(1j * angle)])  # the couple is drawn apart, to be seen
        for member, colour in ((0, "blue"), (1, "vermillion")):
            for other in (*range(2, n), 1 - member):
                if 4 * abs(J[member, other]) * time > TURNED:
                    line = where[[member, other]]
                    panel.plot(line.real, line.imag, color=COLOURS[colour], linewidth=0.9, zorder=1)
        panel.plot(where.real[2:], where.imag[2:], "o", color="0.5", zorder=2)
        for member, colour in ((0, "blue"), (1, "vermillion")):
            panel.plot(where.real[member], where.imag[member], "o", color=COLOURS[colour], markersize=7, zorder=3)
        panel.set(aspect="equal", xticks=[], yticks=[], xlabel=name)
        panel.spines[:].set_visible(False)
    return figure


@checked
@in_style
def model_and_glass(tilts: Mapping[str, np.ndarray], polarisations: Mapping[str, np.ndarray]) -> Figure:
    """Histograms of the tilts of TLSs and of their polarisations, in the simulation and in a cold glass.

    Parameters
    ----------
    tilts : dict
        By a name: `2 eps / hbar nu`, in [0, 1], to which all couplings of a TLS are proportional.
    polarisations : dict
        By a name: `<S^z>`, in [-1, 1].
    """
    figure, panels = subplots(1, 2, size=(COLUMN, 3.4))
    for panel, argument, groups, low, label in (
        (panels[0], "tilts", tilts, 0.0, r"tilt $2\varepsilon/\hbar\nu$"),
        (panels[1], "polarisations", polarisations, -1.0, r"polarisation $\langle S^z\rangle$"),
    ):
        for (name, values), look in zip(groups.items(), looks(argument, groups, by_colour=True), strict=True):
            values = finite_array(name, values, (None,))
            share = np.full(values.size, 1 / values.size)
            bins = np.linspace(low, 1, BINS // 2 + 1)
            panel.hist(values, bins, weights=share, color=look.colour, alpha=0.55, label=name)
        panel.set(yscale="log", xlabel=label, ylabel="share of the TLSs")
        panel.legend(loc="upper left" if low == 0 else "upper center")
    return figure
