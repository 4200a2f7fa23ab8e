"""How every kernel is compiled: one decorator, its options chosen once."""

import hashlib
from pathlib import Path

import numba

_FOLDER = Path(__file__).parent


def _fingerprint() -> str:
    """Hash of all kernel sources."""
    return hashlib.sha256(b"".join(f.read_bytes() for f in sorted(_FOLDER.glob("*.py")))).hexdigest()[:16]


# numba's cache notices an edit in the file of a kernel, not in another file whose functions it calls (numba issue
# 1833). One cache folder per state of all the sources makes a stale kernel impossible. NUMBA_CACHE_DIR goes first.
if not numba.config.CACHE_DIR:
    numba.config.CACHE_DIR = str(_FOLDER / "__pycache__" / f"numba-{_fingerprint()}")


def kernel(function=None, *, parallel=False):
    """Compile a function to machine code.

    - ``nogil`` and ``cache``: threads may call it, and the second process starts at once.
    - ``error_model="numpy"``: 0/0 is nan, not an exception, which lets the inner loops vectorise.
    - ``fastmath={"contract"}``: a product and a sum may become one fused instruction, which rounds once instead of
      twice. No other flag: they would change what nan and the order of sums mean.
    - ``parallel``: only for loops over realisations, each of which writes to its own row, so that the result does not
      depend on the number of threads.
    """
    options = dict(cache=True, nogil=True, error_model="numpy", fastmath={"contract"}, parallel=parallel)
    return numba.njit(**options)(function) if function else lambda f: numba.njit(**options)(f)
