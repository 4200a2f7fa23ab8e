"""Times in tiles of 16: the innermost axis of all fast kernels, which the compiler turns into vector instructions."""

import numpy as np

from tlsglass.kernels.compilation import kernel

TILE = 16


@kernel
def times_in_tiles(times):
    """Copy the times into an array of shape (n_tiles, TILE); the last time fills what is left over."""
    n_tiles = (times.size + TILE - 1) // TILE
    tiles = np.empty((n_tiles, TILE))
    for i in range(n_tiles * TILE):
        tiles[i // TILE, i % TILE] = times[min(i, times.size - 1)]
    return tiles
