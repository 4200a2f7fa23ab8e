"""Compute the committed tables from nothing: `python -m tlsglass.reproduce [figNN ...] [claims]`.

Interrupt it at any moment and start it again: finished batches are kept.
"""

import argparse
import sys
from importlib.metadata import version

from tlsglass import results
from tlsglass._checks import one_of
from tlsglass.claims import table as claims
from tlsglass.ensembles.experiments import EXPERIMENTS, experiment
from tlsglass.results import tables

CLAIMS = "claims"  # the table that sets the paper's numbers beside ours; computed from the others


def reproduce(figure: str) -> None:
    """Compute all ensembles of a figure and write its tables into the data folder.

    Raises
    ------
    ValueError
        If the figure is unknown.
    """
    plan = experiment(figure)
    averages = {e: results.compute(figure, e, plan.n_realisations(e)) for e in plan.ensembles}
    tables.write(results.data_folder(), figure, plan.title, averages, version("tlsglass"))


def main(arguments: list[str] | None = None) -> None:
    """Command line: the names of figures and "claims", or none for all."""
    names = [*EXPERIMENTS, CLAIMS]
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
            if name == CLAIMS:
                print(f"{name}: {claims.write()}", flush=True)
            else:
                print(f"{name}: {experiment(name).title}", flush=True)
                reproduce(name)
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. What was finished is kept; the same command goes on from there.")


if __name__ == "__main__":
    main()
