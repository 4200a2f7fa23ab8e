"""The secular step: which terms survive, and how large the dropped ones are."""

import numpy as np
import pytest

from tlsglass.derivations.master_secular import secular_error, surviving_terms

TIMES = np.linspace(0.05, 1.0, 8)
TILTED = np.array([[1.0, 0.0, 0.0], [0.0, 0.6, -0.8]])


def test_different_splittings_leave_on_site_decay_and_the_zz_channel():
    kept = set(surviving_terms([1.0, 1.3, 2.9]))
    on_site = {((i, a), (i, a)) for i in range(3) for a in "z+-"}
    zz = {((i, "z"), (j, "z")) for i in range(3) for j in range(3)}
    assert kept == on_site | zz


def test_resonant_pair_also_keeps_the_flip_flop():
    extra = set(surviving_terms([1.0, 1.0])) - set(surviving_terms([1.0, 1.3]))
    assert extra == {((i, a), (1 - i, a)) for i in (0, 1) for a in "+-"}


def test_tolerance_decides_what_counts_as_resonant():
    assert len(surviving_terms([1.0, 1.1], tolerance=0.2)) > len(surviving_terms([1.0, 1.1]))


def test_error_of_the_secular_step_falls_as_one_over_the_detuning():
    errors = [secular_error(detuning, TILTED, TIMES, exchange=1.0) for detuning in (1e3, 1e4)]
    # First-order perturbation theory; the phase at the sampled times is arbitrary, hence the wide band.
    assert 5 < errors[0] / errors[1] < 20
    assert errors[1] < 1e-3


def test_flip_flop_competes_with_the_difference_of_the_splittings():
    """Beyond renamed levels a flip-flop mixes states by 4 K / |nu_1 - nu_2|, however slow the decay is."""
    for exchange, detuning in ((30.0, 3e4), (30.0, 3e5), (1000.0, 1e6)):
        mixing = 4 * exchange / detuning
        error = secular_error(detuning, TILTED, TIMES, exchange=exchange, renamed=True)
        assert 0.3 * mixing < error < 1.5 * mixing  # the phase at the sampled times is arbitrary
    # Not renamed, the levels turn by (8 K)^2 / 2 |nu_1 - nu_2| over a decay time: much more than the mixing.
    assert secular_error(3e4, TILTED, TIMES, exchange=30.0) > 10 * 4 * 30.0 / 3e4


def test_renamed_levels_are_exact():
    """Without decay the mixed levels beat with sqrt(detuning^2 + (8 K)^2): after a full beat nothing has happened."""
    exchange, detuning = 1.7, 5.0
    beat = 2 * np.pi / np.hypot(detuning, 8 * exchange)
    later = secular_error(detuning, TILTED, [beat], 1e-12, 0.0, exchange, renamed=True)
    assert later < 1e-9
    assert secular_error(detuning, TILTED, [beat / 2], 1e-12, 0.0, exchange, renamed=True) > 0.1
    assert secular_error(detuning, TILTED, [beat], 1e-12, 0.0, exchange) > 0.1


def test_common_decay_of_two_equal_splittings_leaves_half_of_one_excitation():
    """One of two TLSs excited: half of it is the singlet, which a common bath does not see and two baths do.

    In the end the states are an equal mixture of the singlet and the ground state, and the ground state: their trace
    distance is 1/2. What is left of the bright half is exp(-8 Y t).
    """
    excited, ground = [0.0, 0.0, -1.0], [0.0, 0.0, 1.0]
    error = secular_error(0.0, np.array([excited, ground]), [8.0], rate=1.0, cross_rate=1.0)
    assert error == pytest.approx(0.5, abs=1e-12)


def test_detuning_turns_the_singlet_into_the_triplet():
    """Short of all decay, `nu_1 - nu_2` alone turns the phase between the two ways to have one excitation.

    To first order in the rate, what the common decay adds between them is the integral of exp(i detuning t): nothing
    after a whole turn, most of it after half of one.
    """
    detuning, rate = 40.0, 1e-3
    excited, ground = [0.0, 0.0, -1.0], [0.0, 0.0, 1.0]
    turn = 2 * np.pi / detuning
    at_turns = secular_error(detuning, np.array([excited, ground]), [turn], rate, rate)
    halfway = secular_error(detuning, np.array([excited, ground]), [turn / 2], rate, rate)
    assert at_turns < 1e-3 * halfway


def test_nothing_dropped_nothing_wrong():
    assert secular_error(1.0, TILTED, TIMES, cross_rate=0.0, exchange=0.0) == 0
    assert secular_error(0.0, TILTED, TIMES, cross_rate=1.0) > 0.05


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: surviving_terms([1.0, -2.0]), r"splittings\[1\] = -2.0"),
        (lambda: surviving_terms([1.0], tolerance=-1), "tolerance = -1"),
        (lambda: secular_error(1.0, TILTED, TIMES, cross_rate=2.0), "cross_rate = 2.0"),
        (lambda: secular_error(np.nan, TILTED, TIMES), "detuning = nan"),
        (lambda: secular_error(1.0, TILTED[0], TIMES), "bloch = "),
        (lambda: secular_error(1.0, TILTED, TIMES, rate=0.0), "rate = 0.0"),
        (lambda: secular_error(1.0, TILTED, [-1.0]), "time = "),
        (lambda: secular_error(1.0, 2 * TILTED, TIMES), "bloch = "),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
