"""Batches on disk: whole or not there, never read if damaged or foreign."""

import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from tlsglass.ensembles.store import Batches, DamagedFile, write_atomically

HEADER = {"n_tls": 4, "time": [0.1, 1.0, 10.0]}
ROWS = np.arange(30.0).reshape(10, 3) / 7


@pytest.fixture
def batches(tmp_path):
    """Ten realisations in three files."""
    kept = Batches(tmp_path / "ensemble", HEADER, 3)
    for first, stop in ((0, 1), (1, 4), (4, 10)):
        kept.append(first, ROWS[first:stop], seconds=0.5)
    return kept


def files(kept):
    return sorted(kept.folder.iterdir())


def test_round_trip(batches):
    rows, seconds = batches.load()
    np.testing.assert_array_equal(rows, ROWS)
    assert seconds == 1.5
    assert [f.name for f in files(batches)] == [
        "00000000-00000001.npz", "00000001-00000004.npz", "00000004-00000010.npz"
    ]  # fmt: skip


def test_nothing_yet(tmp_path):
    rows, seconds = Batches(tmp_path / "not there", HEADER, 3).load()
    assert rows.shape == (0, 3)
    assert seconds == 0


def test_header_may_be_in_any_order(batches):
    rows, _ = Batches(batches.folder, dict(reversed(HEADER.items())), 3).load()
    np.testing.assert_array_equal(rows, ROWS)


def test_every_flipped_bit_is_seen(batches):
    """Either the file is refused by name, or the bit was a time stamp or the like, and the numbers are the same."""
    path = files(batches)[1]
    content = path.read_bytes()
    refused = 0
    for bit in range(0, 8 * len(content), 7):  # 7: every byte, every position in a byte
        damaged = bytearray(content)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        try:
            rows, seconds = batches.load()
        except DamagedFile as error:
            refused += 1
            assert str(path) in str(error)
        else:
            np.testing.assert_array_equal(rows, ROWS)
            assert seconds == 1.5
    assert refused > len(content) / 2


def test_truncated_anywhere(batches):
    path = files(batches)[2]
    content = path.read_bytes()
    for length in range(0, len(content), 13):
        path.write_bytes(content[:length])
        with pytest.raises(
            DamagedFile, match="is damaged .*delete it, and its realisations are computed again"
        ) as error:
            batches.load()
        assert str(path) in str(error.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not an archive", np.arange(3).tobytes()])
def test_not_an_archive(batches, content):
    files(batches)[0].write_bytes(content)
    with pytest.raises(DamagedFile, match="00000000-00000001.npz is damaged"):
        batches.load()


def test_array_instead_of_an_archive(batches):
    with open(files(batches)[0], "wb") as file:
        np.save(file, ROWS)
    with pytest.raises(DamagedFile, match="00000000-00000001.npz is damaged"):
        batches.load()


def test_pickles_are_not_opened(batches):
    np.savez(files(batches)[0], rows=np.array([{"a": 1}], dtype=object), seconds=1.0, header=np.array(batches.header))
    with pytest.raises(DamagedFile, match="00000000-00000001.npz is damaged"):
        batches.load()


@pytest.mark.parametrize(
    "rows", [ROWS[:2], ROWS[:1, :2], np.full((1, 3), np.nan), np.array([[1.0, np.inf, 0.0]]), ROWS[0]]
)
def test_wrong_numbers(batches, rows):
    np.savez(files(batches)[0], rows=rows, seconds=1.0, header=np.array(batches.header))
    with pytest.raises(
        DamagedFile, match=r"00000000-00000001.npz is damaged: it must hold finite numbers of shape \(1, 3\)"
    ):
        batches.load()


def test_foreign_parameters(batches):
    """Another ensemble's file is neither read nor called damaged; both sides are shown."""
    with pytest.raises(DamagedFile, match="(?s)belongs to other parameters: move it away.*n_tls.: 4.*n_tls.: 5"):
        Batches(batches.folder, {**HEADER, "n_tls": 5}, 3).load()


def test_other_files_do_not_matter(batches):
    (batches.folder / "notes.txt").write_text("mine")
    (batches.folder / ".00000010-00000020.npz.4711").write_bytes(b"half a fi")  # left over by a kill
    np.testing.assert_array_equal(batches.load()[0], ROWS)


def test_what_follows_a_gap_is_not_used(batches):
    """Realisation 1 is missing: 4 ... 9 are there, but the rows would be numbered wrongly."""
    files(batches)[1].unlink()
    np.testing.assert_array_equal(batches.load()[0], ROWS[:1])
    batches.append(1, ROWS[1:3], 1.0)
    np.testing.assert_array_equal(batches.load()[0], ROWS[:3])
    batches.append(3, ROWS[3:7], 1.0)  # overlaps with 4 ... 9
    np.testing.assert_array_equal(batches.load()[0], ROWS)


def test_overlapping_files_count_once(batches):
    """Two processes worked on the same ensemble."""
    batches.append(0, ROWS[0:3], 1.0)
    batches.append(2, ROWS[2:9], 1.0)
    batches.append(3, ROWS[3:4], 1.0)  # nothing new
    np.testing.assert_array_equal(batches.load()[0], ROWS)


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
from tlsglass.ensembles.store import write_atomically

def write(file):
    file.write(b"half of the ne")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)

write_atomically(Path(sys.argv[1]), write)
"""


@pytest.mark.parametrize("exists", [True, False])
def test_killed_while_writing(tmp_path, exists):
    path = tmp_path / "00000000-00000004.npz"
    if exists:
        path.write_text("old")
    run = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(path)], check=False)
    assert run.returncode == -signal.SIGKILL
    assert path.read_text() == "old" if exists else not path.exists()
    kept = Batches(tmp_path, HEADER, 3)
    if not exists:
        assert kept.load()[0].shape == (0, 3)  # what the kill left behind is no batch


def test_header_is_readable(batches):
    """Somebody who finds the file can see what it is."""
    with np.load(files(batches)[0]) as file:
        assert json.loads(str(file["header"])) == HEADER
