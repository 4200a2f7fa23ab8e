"""How every kernel is compiled, and where the machine code is kept: one decorator, its options chosen once."""

import gc
import hashlib
import os
import tempfile
import threading
import warnings
from pathlib import Path

import numba

_FOLDER = Path(__file__).parent
_UNRELATED = ("CACHE", "NUM_THREADS", "CUDA")  # settings of numba that do not change the code of these kernels
_lock = threading.Lock()


def fingerprint() -> str:
    """Hash of all that decides what machine code a kernel becomes: sources, versions, numba's settings."""
    settings = {
        name: repr(getattr(numba.config, name))
        for name in sorted(dir(numba.config))
        if name.isupper() and not any(word in name for word in _UNRELATED)
    }
    sources = [(f.name, f.read_bytes()) for f in sorted(_FOLDER.glob("*.py"))]
    return hashlib.sha256(repr((sources, numba.__version__, settings)).encode()).hexdigest()[:16]


def candidates() -> list[Path]:
    """Folders in which compiled kernels may be kept: the user's choice alone, or the package's, or the user's cache."""
    if numba.config.CACHE_DIR:
        return [Path(numba.config.CACHE_DIR)]
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return [_FOLDER / "__pycache__", Path(home) / "tlsglass"]


def cache_folder() -> str | None:
    """First folder that can be written, with a part for this very code; None, and a warning, if there is none.

    numba notices an edit in the file of a kernel, not in another file whose functions it calls (numba issue 1833), and
    not that NUMBA_BOUNDSCHECK or the like has changed. A folder named after :func:`fingerprint` makes a stale kernel
    impossible, wherever it is.
    """
    tried = candidates()
    for parent in tried:
        folder = parent / f"tlsglass-{fingerprint()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return str(folder)
        except OSError:
            continue
    warnings.warn(
        f"no compiled code can be kept in {' or '.join(map(str, tried))}: each process compiles its kernels anew. "
        "Set NUMBA_CACHE_DIR to a folder that can be written",
        RuntimeWarning,
        stacklevel=2,
    )
    return None


def _without_collector(compile_for):
    """Let Python's garbage collector rest while a kernel is compiled.

    It would look again and again through the millions of objects that numba makes, none of which is garbage yet: a
    twelfth of the time until the first figure.
    """

    def compile_at_rest(signature):
        was_on = gc.isenabled()  # not inside another kernel, nor where the user wants none
        try:
            gc.disable()
            return compile_for(signature)
        finally:
            if was_on:
                gc.enable()

    return compile_at_rest


_CACHE = cache_folder()


def kernel(function=None, *, inline=False, bare=False):
    """Compile a function to machine code when it is first called.

    - ``nogil`` and ``cache``: threads may call it, and the second process starts at once.
    - ``error_model="numpy"``: 0/0 is nan, not an exception, which lets the inner loops vectorise.
    - ``fastmath={"contract"}``: a product and a sum may become one fused instruction, which rounds once instead of
      twice. No other flag: they would change what nan and the order of sums mean.
    - Not ``parallel``: threads are Python's own (:mod:`tlsglass.ensembles.averages`), so that numba's threading layers,
      one of which survives neither a fork nor a second thread, are never started.

    numba chooses where to keep the code of a function when it is decorated, by two process-wide settings: they are
    ours for that moment only.

    Parameters
    ----------
    function : callable
    inline : bool
        For functions that are called by other kernels alone, in the inner loops: a loop with a call left in it is not
        vectorised. They cannot be called from Python, which would make each of them longer to compile.
    bare : bool
        For functions in the loops over pairs, which make no arrays: without the counting of references, which takes
        as long there as the work itself.

    Raises
    ------
    ImportError
        If NUMBA_DISABLE_JIT is set: fused instructions and memory on the stack exist in compiled code alone.
    """
    if numba.config.DISABLE_JIT:
        raise ImportError("NUMBA_DISABLE_JIT is set, but the kernels of tlsglass need compiled code: unset it")
    if function is None:
        return lambda f: kernel(f, inline=inline, bare=bare)
    options = dict(
        nogil=True, error_model="numpy", fastmath={"contract"}, forceinline=inline, _nrt=not bare,
        no_cfunc_wrapper=True, no_cpython_wrapper=inline,
    )  # fmt: skip
    compiled = numba.njit(**options)(function) if _CACHE is None else _kept(function, options)
    compiled.compile = _without_collector(compiled.compile)
    return compiled


def _kept(function, options):
    """Decorate a function so that numba keeps its code in our folder."""
    with _lock:
        before = numba.config.CACHE_DIR, numba.config.CACHE_LOCATOR_CLASSES
        numba.config.CACHE_DIR, numba.config.CACHE_LOCATOR_CLASSES = _CACHE, ""
        try:
            return numba.njit(cache=True, **options)(function)
        finally:
            numba.config.CACHE_DIR, numba.config.CACHE_LOCATOR_CLASSES = before
