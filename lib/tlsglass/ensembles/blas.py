"""Linear algebra in one thread: its sums have another order, and other last bits, for each number of threads."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import ThreadpoolController

_lock, _users, _libraries, _limits = threading.Lock(), 0, None, None


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Let BLAS and LAPACK compute in the thread that calls.

    Some libraries have a limit of each thread, which is set here and lifted here. OpenBLAS, which numpy and scipy
    bring, has one of the whole process: whoever comes first sets it, whoever goes last lifts it.
    """
    global _users, _libraries, _limits
    with _lock:
        if _users == 0:  # to look which libraries there are takes milliseconds: once for all threads of an average
            _libraries = ThreadpoolController()
            _limits = _libraries.limit(limits=1, user_api="blas")
        _users += 1
        libraries = _libraries
    try:
        with libraries.limit(limits=1, user_api="blas"):
            yield
    finally:
        with _lock:
            _users -= 1
            if _users == 0:
                with _limits:  # lifts them when it ends
                    pass


def _in_child():  # the threads of the parent, which may hold the lock, are not in a forked process
    global _lock, _users
    _lock, _users = threading.Lock(), 0


os.register_at_fork(after_in_child=_in_child)
