"""The figures of the disorder draw the numbers they are given, and bonds of Fig. 3 are the shortest ones."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tlsglass.disorder import Disorder, draw
from tlsglass.disorder.couplings import minimum_image_distances
from tlsglass.disorder.levels import density_of_splittings
from tlsglass.dynamics import system
from tlsglass.estimates.scales import Scales
from tlsglass.figures import distributions, realisation

# points of a fine grid, off the faces: a cut rounded to either side of one never decides in which copy a piece lies
inside = st.lists(st.integers(1, 2**20 - 1), min_size=3, max_size=3).map(lambda x: np.array(x) / 2**20)


@given(inside, inside)
@example(np.array([1, 1, 1]) / 4, np.array([1, 15, 15]) / 16)  # through an edge
@example(np.array([1, 1, 3]) / 9, np.array([8, 8, 3]) / 9)  # through an edge, the cut rounded
def test_pieces_of_a_bond_lie_inside_join_at_faces_and_have_the_minimum_image_length(start, end):
    pieces = realisation.bond_pieces(start, end, 1.0)
    length = sum(np.linalg.norm(q - p) for p, q in pieces)
    assert length == pytest.approx(minimum_image_distances(np.array([start, end]), 1.0)[0, 1], abs=1e-12)
    assert 1 <= len(pieces) <= 4
    assert np.all(np.array(pieces) > -1e-12) and np.all(np.array(pieces) < 1 + 1e-12)  # roundings of the cut
    np.testing.assert_allclose(pieces[0][0], start)
    np.testing.assert_allclose(pieces[-1][1] % 1, end % 1, atol=1e-12)
    for out, back in zip(pieces[:-1], pieces[1:], strict=True):
        jump = back[0] - out[1]
        np.testing.assert_allclose(jump, np.rint(jump), atol=1e-12)
        assert np.abs(np.rint(jump)).sum() >= 1


def test_bond_by_hand():
    out, back = realisation.bond_pieces(np.array([0.2, 1.0, 1.0]), np.array([1.9, 1.0, 1.0]), 2.0)
    np.testing.assert_allclose(out, [[0.2, 1, 1], [0, 1, 1]])
    np.testing.assert_allclose(back, [[2, 1, 1], [1.9, 1, 1]])


def test_strongest_bonds_first_and_sign_does_not_count():
    J = np.zeros((3, 3))
    J[0, 1], J[0, 2], J[1, 2] = 0.2, -0.5, 0.3
    assert realisation.strongest_bonds(J + J.T, 3) == [(0, 2), (1, 2), (0, 1)]
    for n_bonds in (0, 4):
        with pytest.raises(ValueError, match="n_bonds"):
            realisation.strongest_bonds(J, n_bonds)


def test_fig_3_draws_as_many_bonds_as_asked_and_dashes_those_through_faces():
    sample = draw(Disorder(12), seed=5, k=0)
    J = system(sample, 1.0).J
    axes = realisation.realisation(sample, J, n_bonds=15).axes[0]
    bonds = [c for c in axes.collections if hasattr(c, "_segments3d")][1:]  # the first is the cube
    assert len(bonds) == 15
    crossing = [len(realisation.bond_pieces(*sample.positions[list(pair)], sample.side)) > 1
                for pair in realisation.strongest_bonds(J, 15)]  # fmt: skip
    assert [bond.get_linestyle()[0][1] is not None for bond in bonds] == crossing
    assert 0 < sum(crossing) < 15
    widths = [bond.get_linewidth()[0] for bond in bonds]
    assert widths == sorted(widths, reverse=True)
    with pytest.raises(ValueError, match="J"):
        realisation.realisation(sample, J[:3], 2)
    with pytest.raises(ValueError, match="sample.side"):
        realisation.realisation(draw(Disorder(12, elongation=4.0), seed=5, k=0), J, 2)


def test_histograms_have_unit_area_where_every_number_is_in_a_bin():
    disorder = Disorder(300)
    axes = distributions.distributions(draw(disorder, 1, 0), disorder).axes
    for ax in axes[:2]:
        values, edges, _ = ax.patches[0].get_data()
        assert np.sum(values * np.diff(edges)) == pytest.approx(1)


def test_lines_are_the_laws_of_the_disorder():
    """`p = 2` has the density `2 eps`; `5 Tr D^2` is a chi-square of five degrees of freedom."""
    disorder = Disorder(50, asymmetry_exponent=2.0, dipoles="gaussian")
    axes = distributions.distributions(draw(disorder, 1, 0), disorder).axes
    eps, density = axes[0].lines[0].get_data()
    np.testing.assert_allclose(density, 2 * eps)
    assert axes[0].get_ylim()[1] > density.max()
    x, density = axes[2].lines[0].get_data()
    np.testing.assert_allclose(density, (5 * x) ** 1.5 * np.exp(-5 * x / 2) * 5 / (3 * np.sqrt(2 * np.pi)))
    assert len(axes[3].lines) == 0  # D_ij of these dipoles has no closed form


def test_what_has_no_law_has_no_line():
    disorder = Disorder(50, dipoles="fixed", initial_state="thermal", elongation=4.0)
    axes = distributions.distributions(draw(disorder, 1, 0), disorder).axes
    assert [len(ax.lines) for ax in axes] == [1, 1, 0, 0]


def test_initial_states_and_levels_show_their_samples():
    samples = {r: draw(Disorder(400, initial_state=r), 1, 0) for r in ("sphere", "angle")}
    for ax, sample in zip(distributions.initial_states(samples).axes, samples.values(), strict=True):
        values, edges, _ = ax.patches[0].get_data()
        np.testing.assert_allclose(values, np.histogram(sample.polarisation, edges, density=True)[0])
    ax = distributions.level_density(np.geomspace(1e-3, 1, 41**2), 0.1, 2.0).axes[0]
    assert len(ax.containers) == 1
    marked = distributions.level_density(np.geomspace(1e-3, 1, 41**2), 0.1, 2.0, mark=0.5).axes[0].lines[-1]
    assert marked.get_xdata()[0] == 0.5
    assert marked.get_ydata()[0] == pytest.approx(density_of_splittings([0.5], 0.1, 2.0)[0])


def test_scales_have_their_median_marked():
    scales = Scales(np.array([0.1, 1.0, 10.0]), np.array([1e-2, 1e-2, 1.0]), np.array([0.0, 1e-5, 1e-4]))
    ax = distributions.scale_distributions(scales).axes[0]
    assert [line.get_xdata()[0] for line in ax.lines] == pytest.approx([0, -2, -5])
