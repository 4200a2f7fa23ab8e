"""Where compiled kernels are kept: never stale, never in the way, and nobody else's settings are touched."""

import gc
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numba
import pytest

from tlsglass.kernels import compilation

INNER = "from toy.compilation import kernel\n\n@kernel\ndef inner(x):\n    return 2.0 * x\n"
OUTER = """
from toy.compilation import kernel
from toy.inner import inner

@kernel
def outer(x):
    return inner(x) + 1.0

@kernel
def beyond(array):
    return array[array.size]
"""
ASK = "from toy.outer import outer\nprint(outer(3.0), sum(outer.stats.cache_hits.values()))\n"


@pytest.fixture
def toy(tmp_path):
    """A package with the decorator of the library and two kernels, one of which calls the other."""
    package = tmp_path / "toy"
    package.mkdir()
    (package / "__init__.py").touch()
    shutil.copy(compilation.__file__, package / "compilation.py")
    (package / "inner.py").write_text(INNER)
    (package / "outer.py").write_text(OUTER)
    return package


def run(toy, code, *options, **environment):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("NUMBA_", "PYTHONDONTWRITE"))}
    home = {"XDG_CACHE_HOME": str(toy.parent / "home"), "PYTHONPATH": str(toy.parent)}
    return subprocess.run(
        [sys.executable, *options, "-c", code], env={**clean, **home, **environment}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def block_package(toy):
    """Leave no folder that can be made beside the package, for any user."""
    shutil.rmtree(toy / "__pycache__", ignore_errors=True)
    (toy / "__pycache__").write_text("a file where the folder should be")


PLACES = {"package": "toy/__pycache__", "user": "home/tlsglass", "chosen": "chosen"}


@pytest.mark.parametrize("place", PLACES)
def test_no_kernel_is_stale(toy, place):
    """An edit in a file whose functions a kernel of another file calls, of the same size, at the same time stamp."""
    if place == "user":
        block_package(toy)
    chosen = {"NUMBA_CACHE_DIR": str(toy.parent / "chosen")} if place == "chosen" else {}
    assert run(toy, ASK, **chosen).stdout == "7.0 0\n"
    assert run(toy, ASK, **chosen).stdout == "7.0 1\n"  # the second process finds it
    kept = {path.relative_to(toy.parent).as_posix() for path in toy.parent.rglob("*.nbc")}
    assert kept
    assert all(path.startswith(PLACES[place]) for path in kept)
    stamp = (toy / "inner.py").stat()
    (toy / "inner.py").write_text(INNER.replace("2.0", "5.0"))
    os.utime(toy / "inner.py", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    # neither numba nor, without its own cache, Python can see this by file times
    assert run(toy, ASK, "-B", **chosen, PYTHONPYCACHEPREFIX=str(toy.parent / "none")).stdout == "16.0 0\n"


def test_a_setting_of_numba_makes_other_kernels(toy):
    """Bounds are checked or not by what is asked for now, not by what was when the kernel was kept."""
    code = "import numpy as np\nfrom toy.outer import beyond\nbeyond(np.zeros(3))\nprint('not checked')"
    for _ in range(2):
        assert run(toy, code).stdout == "not checked\n"
        assert "IndexError" in run(toy, code, NUMBA_BOUNDSCHECK="1").stderr


def test_nowhere_to_keep_them(toy):
    """It works all the same, says so once, and names what to set."""
    block_package(toy)
    (toy.parent / "home").write_text("a file")
    done = run(toy, ASK)
    assert done.stdout == "7.0 0\n"
    assert done.stderr.count("RuntimeWarning") == 1
    assert "Set NUMBA_CACHE_DIR to a folder that can be written" in done.stderr
    chosen = run(toy, ASK, NUMBA_CACHE_DIR=str(toy.parent / "home"))
    assert chosen.stdout == "7.0 0\n"
    assert f"kept in {toy.parent / 'home'}:" in chosen.stderr  # the user's choice alone was tried


def test_settings_of_others_are_left_alone():
    """Importing the library changes no setting of numba, nor the folder of other packages' kernels."""
    code = (
        "import numba\n"
        "def settings(): return {n: repr(getattr(numba.config, n)) for n in dir(numba.config) if n.isupper()}\n"
        "before = settings()\n"
        "import tlsglass.kernels.average\n"
        "assert settings() == before\n"
        "from numba.np.ufunc import parallel\n"
        "assert not parallel._is_initialized\n"  # no thread of numba was started
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_fingerprint_covers_all_sources(toy, monkeypatch):
    before = compilation.fingerprint()
    assert before == compilation.fingerprint()
    monkeypatch.setattr(compilation, "_FOLDER", toy)
    one = compilation.fingerprint()
    (toy / "another.py").write_text("x = 1\n")
    two = compilation.fingerprint()
    monkeypatch.setattr(numba, "__version__", "0")
    assert len({before, one, two, compilation.fingerprint()}) == 4
    assert Path(compilation._CACHE).name == f"tlsglass-{before}"


def test_compiled_code_is_needed(toy):
    assert "NUMBA_DISABLE_JIT is set" in run(toy, "import toy.outer", NUMBA_DISABLE_JIT="1").stderr


def test_the_garbage_collector_rests_while_kernels_are_compiled(monkeypatch):
    """Also while one kernel compiles another; afterwards it is what it was, and an error does not leave it off.

    Where somebody else's function is compiled nothing is changed.
    """
    seen = []
    monkeypatch.setattr(compilation, "_CACHE", None)

    def look(x):
        return x

    @numba.extending.overload(look)  # which runs in the middle of a compilation
    def _look(x):
        seen.append(gc.isenabled())
        return lambda x: x

    @compilation.kernel
    def inner(x):
        return look(x)

    @compilation.kernel
    def outer(x):
        return inner(x) + 1.0

    @compilation.kernel
    def wrong(x):
        return x.nothing_of_this_name

    @numba.njit
    def foreign(x):
        return look(x)

    for on in (True, False):
        (gc.enable if on else gc.disable)()
        try:
            outer(2.0 if on else 2)
            assert gc.isenabled() == on
            with pytest.raises(numba.TypingError):
                wrong(1.0)
            assert gc.isenabled() == on
        finally:
            gc.enable()
    assert seen
    assert not any(seen)
    foreign("another type")
    assert seen[-1]
