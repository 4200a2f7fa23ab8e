"""Two curves that are compared realisation by realisation must be over the same ones."""

import numpy as np

from tlsglass.ensembles import Curve

# Of the bath: ensembles that differ in these alone have the same disorder and the same couplings.
BATH = {"dissipation_scale", "temperature", "prefactor"}


def need_the_same_disorder(same_times: bool = True, same_count: bool = True, **curves: Curve) -> None:
    """Refuse two curves, each given by its name, that are not the same observable of the same disorder.

    Parameters
    ----------
    same_times, same_count : bool
        Whether their times, and their numbers of realisations, must agree too.
    """
    (a, b), names = curves.values(), " and ".join(curves)
    different = {n for n, value in a.ensemble.parameters.items() if value != b.ensemble.parameters.get(n)} - BATH
    if type(a.ensemble) is not type(b.ensemble):
        different |= {"type of ensemble"}
    if a.observable.identity != b.observable.identity:
        different |= {"observable"}
    if same_times and not np.array_equal(a.time, b.time):
        different |= {"time"}
    if same_count and a.n_realisations != b.n_realisations:
        different |= {"n_realisations"}
    if different:
        raise ValueError(
            f"{names} are not allowed: they do not share their realisations, they differ in "
            f"{', '.join(sorted(different))}"
        )
