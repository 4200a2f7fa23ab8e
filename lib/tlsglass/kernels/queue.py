"""States that are not certainly separable wait in a queue until there are 16 of them, from any pairs and times."""

from collections import namedtuple

import numpy as np

from tlsglass.kernels.compilation import kernel
from tlsglass.kernels.concurrences import MATRIX, WAITING, concurrences_of
from tlsglass.kernels.separability import scaled_elements
from tlsglass.kernels.tiles import TILE

# Of each state: six elements, `sqrt(p_a q_a p_b q_b)`, and the time it belongs to. `A`, `angle`, `C`: work space.
Queue = namedtuple("Queue", "state scale time waiting A angle C")


def empty_queue():
    """Memory for 16 states, and for those that one more tile can add."""
    return Queue(
        np.zeros(12 * WAITING), np.zeros(WAITING), np.zeros(WAITING, np.int64), np.zeros(1, np.int64),
        np.empty(MATRIX), np.empty(3 * TILE), np.empty(TILE),
    )  # fmt: skip


@kernel(bare=True)
def push(queue, F, E, safe, sites, a, b, first, count):
    """Append the states of the pair `a, b` at those of the first `count` times of a tile that are not `safe`."""
    slot, work = queue.waiting[0], queue.A
    for k in range(TILE):
        place = k
        for z in scaled_elements(F, E, k):
            work[place], work[place + TILE] = z.real, z.imag
            place += 2 * TILE
        work[place] = sites.root[a, k] * sites.root[b, k]
    for k in range(count):
        if safe[k] == 0.0:
            for i in range(12):
                queue.state[i * WAITING + slot] = work[i * TILE + k]
            queue.scale[slot] = work[12 * TILE + k]
            queue.time[slot] = first + k
            slot += 1
    queue.waiting[0] = slot


@kernel(bare=True)
def deal_with(queue, out):
    """Add the concurrences of the first 16 states to `out`, each at its time, and drop these states."""
    concurrences_of(queue.state, queue.scale, queue.A, queue.angle, queue.C)
    for k in range(min(TILE, queue.waiting[0])):
        out[queue.time[k]] += queue.C[k]
    left = max(0, queue.waiting[0] - TILE)
    for k in range(left):
        queue.time[k], queue.scale[k] = queue.time[TILE + k], queue.scale[TILE + k]
        for i in range(12):
            queue.state[i * WAITING + k] = queue.state[i * WAITING + TILE + k]
    queue.waiting[0] = left
