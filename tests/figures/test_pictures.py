"""The pictures at the start of chapters show what the library computes."""

import numpy as np
import pytest

from tlsglass import results
from tlsglass.derivations.dissipation_rate import strain_average
from tlsglass.estimates.phase_diagram import phase_points
from tlsglass.figures import pictures


@pytest.mark.parametrize("shape", pictures.SHAPES)
def test_what_a_dipole_hears_from_all_sides_is_its_average(shape):
    D = pictures.SHAPES[shape]
    assert np.trace(D @ D) == pytest.approx(1)
    n = np.random.default_rng(1).standard_normal((200_000, 3))
    n /= np.linalg.norm(n, axis=1)[:, None]
    push, all_waves = np.einsum("ka,ab,kb->k", n, D, n) ** 2, ((n @ D) ** 2).sum(axis=1)
    for values, wave in ((push, "L"), (all_waves - push, "T")):
        assert values.mean() == pytest.approx(float(strain_average(D, wave)), abs=5e-3)  # five standard errors


def test_each_shape_has_its_two_lines():
    needle, shear, round_one = pictures.heard_waves().axes
    along = [panel.lines[0].get_ydata() for panel in (needle, shear, round_one)]
    across = [panel.lines[1].get_ydata() for panel in (needle, shear, round_one)]
    assert along[0].max() == pytest.approx(1) and across[0].max() == pytest.approx(1 / 4)
    assert along[1].max() == pytest.approx(1 / 2) and across[1].max() == pytest.approx(1 / 2)
    np.testing.assert_allclose(along[2], 1 / 3)
    np.testing.assert_allclose(across[2], 0, atol=1e-15)


def test_race_is_decided_where_the_phase_diagram_says():
    """Decay meets interaction as many decades above the typical amplitude as the glass lies below the line."""
    (axes,) = pictures.race().axes
    for i, (_, row) in enumerate(phase_points().iterrows()):
        rate, coupling, dot = axes.lines[3 * i : 3 * i + 3]
        ratio = np.log10(coupling.get_ydata() / rate.get_ydata())
        crossing = np.interp(0, -ratio, np.log10(rate.get_xdata()))
        assert crossing - np.log10(dot.get_xdata()[0]) == pytest.approx(row["decades"], abs=1e-2)


def test_states_move_into_their_wells():
    for panel, wells in zip(pictures.three_wells().axes, (2, 1, 1), strict=True):
        ground = panel.lines[1]
        x, y = ground.get_xdata(), ground.get_ydata() - ground.get_ydata()[0]
        right, left = y[np.argmin(abs(x - 1))], y[np.argmin(abs(x + 1))]
        assert abs(right / left) > 0.9 if wells == 2 else abs(right / left) < 0.2


def test_mean_of_two_phases_is_the_cosine():
    for panel in pictures.turning_phases().axes:
        up, down, mean = (np.array(arrow.xy) for arrow in panel.texts)
        np.testing.assert_allclose((up + down) / 2, mean, atol=1e-15)
        assert np.hypot(*up) == pytest.approx(1)


def test_laws_stand_over_their_times():
    curve = results.curve("fig04", n_tls=12)
    (axes,) = pictures.three_laws(curve, 0.1, 5.0).axes
    ends = [text.get_position()[0] for text in axes.texts]
    assert ends[0] < 0.1 < ends[1] < 5.0 < ends[2]
    with pytest.raises(ValueError, match="levelled = 0.05"):
        pictures.three_laws(curve, 0.1, 0.05)
