"""Batches of finished realisations on disk: what is computed is kept, whatever happens next.

One folder an ensemble, one file a batch, `first-stop.checksum.npz`. A file is written under another name and then
renamed, so it is there whole or not at all; after a kill at any moment only the batch in flight is lost.
"""

import hashlib
import io
import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tlsglass._files import write_atomically


class DamagedFile(ValueError):
    """A file is not what it should be: damaged, or written for something else."""


@dataclass(frozen=True)
class Kept:
    """Rows of a folder, shape (n, T), the seconds they took, and the fingerprints of the code they are from."""

    rows: np.ndarray
    seconds: float
    sources: frozenset[str]


class Batches:
    """The finished realisations of one ensemble, numbered from 0 without a gap.

    Parameters
    ----------
    folder : Path
    header : dict
        What the numbers belong to; JSON-serialisable. A file with another header is refused.
    n_columns : int
        Numbers per realisation.
    """

    def __init__(self, folder: Path, header: dict, n_columns: int):
        self.folder = Path(folder)
        self.header = json.dumps(header, sort_keys=True)
        self.n_columns = n_columns

    def try_to_write(self) -> None:
        """Make the folder and write a small file there, which is removed again.

        Raises
        ------
        OSError
            If that fails, saying where and what is kept there.
        """
        trial = self.folder / "trial"
        with self._writing(trial):
            write_atomically(trial, lambda file: file.write(b"x"))
            trial.unlink(missing_ok=True)  # another process may have been faster

    @staticmethod
    @contextmanager
    def _writing(path):
        try:
            yield
        except OSError as error:
            raise OSError(
                error.errno, f"no results can be kept ({error.strerror}); what was finished before is kept", str(path)
            ) from error

    def append(self, first: int, rows: np.ndarray, seconds: float, sources: str) -> None:
        """Keep the realisations `first ... first + len(rows) - 1`.

        Parameters
        ----------
        first : int
        rows : array, shape (n, T)
        seconds : float
            How long they took to compute.
        sources : str
            Fingerprint of the code that computed them.

        Raises
        ------
        OSError
            If they cannot be written, saying where.
        """
        content = io.BytesIO()
        np.savez(content, rows=rows, seconds=seconds, header=np.array(self.header), sources=np.array(sources))
        name = f"{first:08d}-{first + len(rows):08d}.{_checksum(content.getvalue())}.npz"
        with self._writing(self.folder / name):
            write_atomically(self.folder / name, lambda file: file.write(content.getvalue()))

    def load(self) -> Kept:
        """Return all finished realisations.

        Raises
        ------
        DamagedFile
            Naming the file, if one is damaged, belongs to something else, or has the wrong size.
        OSError
            If a file cannot be read: that says nothing about what is in it.
        """
        rows, seconds, stop, sources = [np.empty((0, self.n_columns))], 0.0, 0, set()
        for path in sorted(self.folder.glob("[0-9]*.npz")):
            batch, batch_seconds, batch_sources = self._read(path)
            first = int(path.name.split("-")[0])
            if first > stop:  # a gap: someone removed a file; what follows is computed again
                break
            if first + len(batch) <= stop:  # another process was here too
                continue
            rows.append(batch[stop - first :])
            seconds += batch_seconds
            sources.add(batch_sources)
            stop = first + len(batch)
        return Kept(np.concatenate(rows), seconds, frozenset(sources))

    def _read(self, path: Path) -> tuple[np.ndarray, float, str]:
        content, damaged = path.read_bytes(), f"{path} is damaged: delete it, and its realisations are computed again"
        span, _, checksum = path.name.removesuffix(".npz").partition(".")
        if checksum != _checksum(content):
            raise DamagedFile(f"{damaged} (its content does not have the checksum in its name)")
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as file:
                rows, seconds = file["rows"], float(file["seconds"])
                header, sources = str(file["header"]), str(file["sources"])
            first, stop = (int(x) for x in span.split("-"))
        except MemoryError:  # the content is whole: the fault is elsewhere
            raise
        except Exception as error:  # whole, and yet not ours
            raise DamagedFile(f"{damaged} ({error})") from error
        if header != self.header:
            raise DamagedFile(
                f"{path} belongs to other parameters: move it away.\nIt has  {header}\nneeded: {self.header}"
            )
        if rows.shape != (stop - first, self.n_columns) or not np.all(np.isfinite(rows)):
            raise DamagedFile(
                f"{damaged} (it must hold finite numbers of shape {(stop - first, self.n_columns)}, it has shape "
                f"{rows.shape})"
            )
        return rows, seconds, sources


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
