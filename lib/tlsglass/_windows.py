"""Windows of times: which times lie in one, and slopes in a window that slides."""

from collections.abc import Callable

import numpy as np

from tlsglass._checks import integer, positive_array, refuse


def within(time: np.ndarray, window: tuple[float, float]) -> np.ndarray:
    """Which times lie in a window, ends included: a time that misses an end by rounding is in it."""
    first, last = window
    return (time >= first * (1 - 1e-9)) & (time <= last * (1 + 1e-9))


def sliding_slopes(name: str, time: np.ndarray, n_times: int, log: Callable = np.log) -> tuple[np.ndarray, Callable]:
    """Straight lines against `log(time)`, each through `n_times` neighbouring times.

    Parameters
    ----------
    name : str
        What the user calls the times.
    time : array, shape (T,)
        Positive and ascending.
    n_times : int
        Odd, from 3 to `T`.
    log : callable

    Returns
    -------
    centre : array, shape (T - n_times + 1,)
        Mean of `log(time)` in each window.
    slopes : callable
        From values at the times, shape (T,), to the slope in each window.
    """
    if integer("n_times", n_times, 3, time.size) % 2 == 0:
        refuse("n_times", n_times, "odd")
    if not np.all(np.diff(positive_array(name, time, (None,))) > 0):
        refuse(name, time, "ascending")
    sliding = np.lib.stride_tricks.sliding_window_view
    x = sliding(log(time), n_times)
    centred = x - x.mean(axis=1, keepdims=True)

    def slopes(values):
        return (centred * sliding(values, n_times)).sum(axis=1) / (centred**2).sum(axis=1)

    return x.mean(axis=1), slopes
