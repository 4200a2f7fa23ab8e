"""One realisation of thousands of TLSs, run to its end: hours of one core, so only on request, and resumable.

Each tile of times is kept as soon as it is finished; the same command goes on from there.
"""

import time as clock
from pathlib import Path

import numpy as np
from timing import HISTORY, averages, systems

from tlsglass._files import write_atomically
from tlsglass.ensembles.fingerprints import numerical_sources
from tlsglass.kernels.tiles import TILE

KEPT = Path(__file__).parents[2] / "_build" / "bench"


def whole(n, kept=KEPT):
    """Average concurrence of one isolated realisation of `n` sites at 91 times, and the hours of one core it took."""
    tiles = [HISTORY[first : first + TILE] for first in range(0, HISTORY.size, TILE)]
    folder = kept / f"isolated-{n}-{numerical_sources()[:12]}"
    files = [folder / f"times-{TILE * tile}.npz" for tile in range(len(tiles))]
    if not all(file.is_file() for file in files):
        averages(systems(4, "isolated", 1))  # compiled before anything is timed
        numbers = systems(n, "isolated", 1)
        for t, file in zip(tiles, files, strict=True):
            if not file.is_file():
                begin = clock.process_time()
                (row,) = averages(numbers, t)
                found = {"concurrence": row, "seconds": clock.process_time() - begin}
                write_atomically(file, lambda opened, found=found: np.savez(opened, **found))
                print(f"{file}: {found['seconds'] / 60:.1f} minutes", flush=True)
    done = [np.load(file) for file in files]
    concurrence = np.concatenate([part["concurrence"] for part in done])
    return {
        "size": [{"N": n, "hours": sum(float(part["seconds"]) for part in done) / 3600}],
        "history": [{"time": float(t), "concurrence": float(C)} for t, C in zip(HISTORY, concurrence, strict=True)],
    }
