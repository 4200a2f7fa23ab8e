"""Compute the committed tables from nothing: `python -m tlsglass.reproduce [figNN ...] [claims]`.

Interrupt it at any moment and start it again: finished batches are kept.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tlsglass import results
from tlsglass._checks import one_of
from tlsglass.claims import table as claims
from tlsglass.ensembles.experiments import EXPERIMENTS, experiment
from tlsglass.results.curve_tables import write_curves

# Tables that are no averages of an experiment: name, and the function that writes it into the data folder. They come
# after the experiments, in this order; the claims compare what the others hold.
TABLES: dict[str, Callable[[], Path]] = {"claims": claims.write}


def reproduce(figure: str) -> None:
    """Compute all ensembles of a figure and write its tables into the data folder.

    Raises
    ------
    ValueError
        If the figure is unknown.
    """
    plan = experiment(figure)
    curves = [
        results.compute_curve(figure, ensemble, observable, plan.n_realisations(ensemble))
        for ensemble in plan.ensembles
        for observable in plan.observables
    ]
    write_curves(results.data_folder(), figure, plan, curves)


def main(arguments: list[str] | None = None) -> None:
    """Command line: the names of figures and of other tables, or none for all."""
    names = [*EXPERIMENTS, *TABLES]
    parser = argparse.ArgumentParser(prog="python -m tlsglass.reproduce", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="figNN", help=f"any of {', '.join(names)}; default: all")
    wanted = parser.parse_args(arguments).names or names
    for name in wanted:
        try:
            one_of("name", name, names)
        except ValueError as error:
            parser.error(str(error))
    try:
        for name in wanted:
            if name in TABLES:
                print(f"{name}: {TABLES[name]()}", flush=True)
            else:
                print(f"{name}: {experiment(name).title}", flush=True)
                reproduce(name)
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. What was finished is kept; the same command goes on from there.")


if __name__ == "__main__":
    main()
