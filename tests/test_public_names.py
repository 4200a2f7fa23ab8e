"""Whoever reads a function's name knows which one it is."""

import collections
import importlib
import inspect
import pkgutil

ROOMS = (
    "glass",
    "disorder",
    "dynamics",
    "entanglement",
    "estimates",
    "ensembles",
    "random_states",
    "results",
    "analysis",
)
# Slow routes to the same quantity, which the others are checked against, bear its name on purpose.
ORACLES = ("tlsglass.dynamics.brute_force", "tlsglass.dynamics.lindblad")


def test_no_two_public_functions_share_a_name():
    """In the rooms that a user enters; derivations, figures and claims speak of one page each."""
    places = collections.defaultdict(set)
    for room in ROOMS:
        package = importlib.import_module(f"tlsglass.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if inspect.isroutine(value) and value.__module__ == module.name and module.name not in ORACLES:
                    places[name].add(module.name)
    assert {name: where for name, where in places.items() if len(where) > 1 and not name.startswith("_")} == {}
    assert len(places) > 50
