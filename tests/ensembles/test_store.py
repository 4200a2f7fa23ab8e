"""Batches on disk: whole or not there, never read if damaged or foreign."""

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tlsglass._files import write_atomically
from tlsglass.ensembles.store import Batches, DamagedFile

HEADER = {"n_tls": 4, "time": [0.1, 1.0, 10.0]}
ROWS = np.arange(30.0).reshape(10, 3) / 7


@pytest.fixture
def batches(tmp_path):
    """Ten realisations in three files."""
    kept = Batches(tmp_path / "ensemble", HEADER, 3)
    for first, stop in ((0, 1), (1, 4), (4, 10)):
        kept.append(first, ROWS[first:stop], seconds=0.5, sources="abc")
    return kept


def files(kept):
    return sorted(kept.folder.iterdir())


def test_round_trip(batches):
    kept = batches.load()
    np.testing.assert_array_equal(kept.rows, ROWS)
    assert kept.seconds == 1.5
    assert kept.sources == {"abc"}
    assert [f.name.split(".")[0] for f in files(batches)] == [
        "00000000-00000001",
        "00000001-00000004",
        "00000004-00000010",
    ]


def test_nothing_yet(tmp_path):
    kept = Batches(tmp_path / "not there", HEADER, 3).load()
    assert kept.rows.shape == (0, 3)
    assert (kept.seconds, kept.sources) == (0, frozenset())


def test_header_may_be_in_any_order(batches):
    again = Batches(batches.folder, dict(reversed(HEADER.items())), 3)
    np.testing.assert_array_equal(again.load().rows, ROWS)


def test_every_flipped_bit_is_seen(batches):
    path = files(batches)[1]
    content = path.read_bytes()
    for bit in range(0, 8 * len(content), 7):  # 7: every byte, every position in a byte
        damaged = bytearray(content)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        with pytest.raises(DamagedFile, match="is damaged: delete it") as error:
            batches.load()
        assert str(path) in str(error.value)


def test_truncated_anywhere(batches):
    path = files(batches)[2]
    content = path.read_bytes()
    for length in range(0, len(content), 13):
        path.write_bytes(content[:length])
        with pytest.raises(DamagedFile, match="delete it, and its realisations are computed again") as error:
            batches.load()
        assert str(path) in str(error.value)


def put(batches, content, span="00000000-00000001"):
    """Write a file whose name has the checksum of its content: only what is in it can be wrong."""
    for path in batches.folder.glob(f"{span}*"):
        path.unlink()
    path = batches.folder / f"{span}.{hashlib.sha256(content).hexdigest()[:16]}.npz"
    path.write_bytes(content)
    return path


def archive(**content):
    file = io.BytesIO()
    np.savez(file, **content)
    return file.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not an archive", np.arange(3).tobytes()])
def test_not_an_archive(batches, content):
    path = put(batches, content)
    with pytest.raises(DamagedFile, match=f"{path.name} is damaged"):
        batches.load()


def test_array_instead_of_an_archive(batches):
    file = io.BytesIO()
    np.save(file, ROWS)
    path = put(batches, file.getvalue())
    with pytest.raises(DamagedFile, match=f"{path.name} is damaged"):
        batches.load()


@pytest.mark.parametrize(
    ("function", "error"),
    [("read_bytes", PermissionError("no right to read")), ("read_bytes", OSError(5, "Input/output error"))],
)
def test_what_cannot_be_read_is_not_called_damaged(batches, monkeypatch, function, error):
    """A file that somebody else may read, or a disk with a fault: the numbers may be fine."""

    def fails(path):
        raise error

    monkeypatch.setattr(Path, function, fails)
    with pytest.raises(type(error)) as raised:
        batches.load()
    assert raised.value is error


def test_no_memory_is_not_called_damaged(batches, monkeypatch):
    def fails(*_, **__):
        raise MemoryError

    monkeypatch.setattr(np, "load", fails)
    with pytest.raises(MemoryError):
        batches.load()


def test_pickles_are_not_opened(batches):
    rows = np.array([{"a": 1}], dtype=object)
    path = put(batches, archive(rows=rows, seconds=1.0, header=np.array(batches.header), sources=np.array("abc")))
    with pytest.raises(DamagedFile, match=f"{path.name} is damaged.*allow_pickle"):
        batches.load()


@pytest.mark.parametrize(
    "rows", [ROWS[:2], ROWS[:1, :2], np.full((1, 3), np.nan), np.array([[1.0, np.inf, 0.0]]), ROWS[0]]
)
def test_wrong_numbers(batches, rows):
    put(batches, archive(rows=rows, seconds=1.0, header=np.array(batches.header), sources=np.array("abc")))
    with pytest.raises(DamagedFile, match=r"is damaged.*it must hold finite numbers of shape \(1, 3\)"):
        batches.load()


def test_foreign_parameters(batches):
    """Another ensemble's file is neither read nor called damaged; both sides are shown."""
    with pytest.raises(DamagedFile, match="(?s)belongs to other parameters: move it away.*n_tls.: 4.*n_tls.: 5"):
        Batches(batches.folder, {**HEADER, "n_tls": 5}, 3).load()


def test_other_files_do_not_matter(batches):
    (batches.folder / "notes.txt").write_text("mine")
    (batches.folder / ".00000010-00000020.npz.4711").write_bytes(b"half a fi")  # left over by a kill
    np.testing.assert_array_equal(batches.load().rows, ROWS)


def test_what_follows_a_gap_is_not_used(batches):
    """Realisation 1 is missing: 4 ... 9 are there, but the rows would be numbered wrongly."""
    files(batches)[1].unlink()
    np.testing.assert_array_equal(batches.load().rows, ROWS[:1])
    batches.append(1, ROWS[1:3], 1.0, "abc")
    np.testing.assert_array_equal(batches.load().rows, ROWS[:3])
    batches.append(3, ROWS[3:7], 1.0, "abc")  # overlaps with 4 ... 9
    np.testing.assert_array_equal(batches.load().rows, ROWS)


def test_overlapping_files_count_once(batches):
    """Two processes worked on the same ensemble."""
    batches.append(0, ROWS[0:3], 1.0, "abc")
    batches.append(2, ROWS[2:9], 1.0, "abc")
    batches.append(3, ROWS[3:4], 1.0, "abc")  # nothing new
    np.testing.assert_array_equal(batches.load().rows, ROWS)


def test_failed_write_leaves_nothing_behind(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("old")

    def fails(file):
        file.write(b"half of the ne")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, fails)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_flushed_is_what_is_renamed(tmp_path):
    """The file under the final name is the very file that was written: no moment at which half of it is there."""
    path, inode = tmp_path / "table.csv", []

    def write(file):
        assert not path.exists()
        file.write(b"new")
        inode.append(os.fstat(file.fileno()).st_ino)

    write_atomically(path, write)
    assert path.stat().st_ino == inode[0]


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from tlsglass._files import write_atomically

def write(file):
    file.write(b"half of the ne")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)

write_atomically(Path(sys.argv[1]), write)
"""


@pytest.mark.parametrize("exists", [True, False])
def test_killed_while_writing(tmp_path, exists):
    path = tmp_path / "00000000-00000004.abc.npz"
    if exists:
        path.write_text("old")
    run = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(path)], check=False)
    assert run.returncode == -signal.SIGKILL
    assert path.read_text() == "old" if exists else not path.exists()
    kept = Batches(tmp_path, HEADER, 3)
    if not exists:
        assert kept.load().rows.shape == (0, 3)  # what the kill left behind is no batch


def test_links_are_not_followed(tmp_path, monkeypatch):
    """Neither a link under the final name nor one under the name on the way leads the numbers elsewhere."""
    elsewhere, path = tmp_path / "elsewhere", tmp_path / "table.csv"
    elsewhere.write_text("mine")
    path.symlink_to(elsewhere)
    write_atomically(path, lambda file: file.write(b"new"))
    assert (elsewhere.read_text(), path.read_text(), path.is_symlink()) == ("mine", "new", False)
    monkeypatch.setattr("secrets.token_hex", lambda n: "guessed")
    (tmp_path / ".table.csv.guessed").symlink_to(elsewhere)
    with pytest.raises(FileExistsError):
        write_atomically(path, lambda file: file.write(b"newer"))
    assert (elsewhere.read_text(), path.read_text()) == ("mine", "new")


def test_names_on_the_way_cannot_be_guessed(tmp_path):
    names = []
    for _ in range(2):
        write_atomically(tmp_path / "a", lambda file: names.append({p.name for p in tmp_path.iterdir()} - {"a"}))
    assert len(names[0]) == len(names[1]) == 1
    assert names[0] != names[1]


def test_files_have_the_rights_of_any_new_file(tmp_path):
    write_atomically(tmp_path / "a", lambda file: file.write(b"new"))
    (tmp_path / "b").write_bytes(b"new")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_header_is_readable(batches):
    """Somebody who finds the file can see what it is."""
    with np.load(files(batches)[0]) as file:
        assert json.loads(str(file["header"])) == HEADER
