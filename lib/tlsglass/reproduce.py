"""Compute the committed tables from nothing: `python -m tlsglass.reproduce [figNN ...] [claims]`.

Interrupt it at any moment and start it again: finished batches are kept.
"""

import argparse
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from tlsglass import results
from tlsglass._checks import one_of
from tlsglass.claims import table as claims
from tlsglass.ensembles.averages import in_this_process
from tlsglass.ensembles.experiments import EXPERIMENTS, experiment
from tlsglass.ensembles.scheduler import Scheduler, SchedulerError
from tlsglass.results import random_states
from tlsglass.results.curve_tables import write_curves

# Tables that are no averages of an experiment: name, and the function that writes it into the data folder. They come
# after the experiments, in this order; the claims compare what the others hold.
TABLES: dict[str, Callable[[], Path]] = {random_states.NAME: random_states.write, "claims": claims.write}


def reproduce(figure: str, compute: Callable = in_this_process) -> None:
    """Compute all ensembles of a figure and write its tables into the data folder.

    `compute` says where, see :func:`tlsglass.ensembles.averages.average`.

    Raises
    ------
    ValueError
        If the figure is unknown.
    """
    plan = experiment(figure)
    curves = [
        results.compute_curve(figure, ensemble, observable, plan.n_realisations(ensemble), compute)
        for ensemble in plan.ensembles
        for observable in plan.observables
    ]
    write_curves(results.data_folder(), figure, plan, curves)


def main(arguments: list[str] | None = None) -> None:
    """Command line: the names of figures and of other tables, or none for all."""
    names = [*EXPERIMENTS, *TABLES]
    parser = argparse.ArgumentParser(prog="python -m tlsglass.reproduce", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="figNN", help=f"any of {', '.join(names)}; default: all")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of dask, such as tcp://10.0.0.1:8786, or local")
    options = parser.parse_args(arguments)
    wanted = options.names or names
    for name in wanted:
        try:
            one_of("name", name, names)
        except ValueError as error:
            parser.error(str(error))
    try:
        with Scheduler(options.scheduler) if options.scheduler else nullcontext() as machines:
            for name in wanted:
                if name in TABLES:
                    print(f"{name}: {TABLES[name]()}", flush=True)
                else:
                    print(f"{name}: {experiment(name).title}", flush=True)
                    reproduce(name, machines.compute if machines else in_this_process)
    except SchedulerError as error:
        sys.exit(f"{error}\nWhat was finished is kept.")
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. What was finished is kept; the same command goes on from there.")


if __name__ == "__main__":
    main()
