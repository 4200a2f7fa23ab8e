"""Compute the committed tables from nothing: `python -m tlsglass.reproduce [figNN ...]`.

Interrupt it at any moment and start it again: finished batches are kept.
"""

import argparse
import sys
from importlib.metadata import version

from tlsglass import results, tables
from tlsglass.experiments import EXPERIMENTS, experiment


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
    """Command line: the names of figures, or none for all."""
    parser = argparse.ArgumentParser(prog="python -m tlsglass.reproduce", description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="figNN", help=f"one of {', '.join(EXPERIMENTS)}; default: all")
    figures = parser.parse_args(arguments).figures or list(EXPERIMENTS)
    for figure in figures:
        try:
            experiment(figure)
        except ValueError as error:
            parser.error(str(error))
    for figure in figures:
        print(f"{figure}: {experiment(figure).title}", flush=True)
        try:
            reproduce(figure)
        except KeyboardInterrupt:
            sys.exit("\nInterrupted. What was finished is kept; the same command goes on from there.")


if __name__ == "__main__":
    main()
