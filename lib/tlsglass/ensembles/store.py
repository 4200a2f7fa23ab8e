"""Batches of finished realisations on disk: what is computed is kept, whatever happens next.

One folder an ensemble, one file a batch, `first-stop.npz`. A file is written under another name and then renamed, so
it is there whole or not at all; after a kill at any moment only the batch in flight is lost.
"""

import io
import json
import os
from pathlib import Path

import numpy as np


class DamagedFile(ValueError):
    """A file is not what it should be: damaged, or written for something else."""


def write_atomically(path: Path, write) -> None:
    """Call `write(file)` on a temporary file beside `path`, flush it to disk and rename it to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(temporary, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


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

    def append(self, first: int, rows: np.ndarray, seconds: float) -> None:
        """Keep the realisations `first ... first + len(rows) - 1`, which took `seconds` to compute."""
        path = self.folder / f"{first:08d}-{first + len(rows):08d}.npz"
        write_atomically(path, lambda file: np.savez(file, rows=rows, seconds=seconds, header=np.array(self.header)))

    def load(self) -> tuple[np.ndarray, float]:
        """Return all finished realisations, shape (n, n_columns), and the seconds they took.

        Raises
        ------
        DamagedFile
            Naming the file, if one cannot be read, belongs to something else, or has the wrong size.
        """
        rows, seconds, stop = [np.empty((0, self.n_columns))], 0.0, 0
        for path in sorted(self.folder.glob("[0-9]*.npz")):
            batch, batch_seconds = self._read(path)
            first = int(path.stem.split("-")[0])
            if first > stop:  # a gap: someone removed a file; what follows is computed again
                break
            if first + len(batch) <= stop:  # another process was here too
                continue
            rows.append(batch[stop - first :])
            seconds += batch_seconds
            stop = first + len(batch)
        return np.concatenate(rows), seconds

    def _read(self, path: Path) -> tuple[np.ndarray, float]:
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
                rows, seconds, header = file["rows"], float(file["seconds"]), str(file["header"])
            first, stop = (int(x) for x in path.stem.split("-"))
        except Exception as error:  # one flipped bit makes zipfile and numpy raise nearly anything
            raise DamagedFile(
                f"{path} is damaged ({error}): delete it, and its realisations are computed again"
            ) from error
        if header != self.header:
            raise DamagedFile(
                f"{path} belongs to other parameters: move it away.\nIt has  {header}\nneeded: {self.header}"
            )
        if rows.shape != (stop - first, self.n_columns) or not np.all(np.isfinite(rows)):
            raise DamagedFile(
                f"{path} is damaged: it must hold finite numbers of shape {(stop - first, self.n_columns)}, "
                f"it has shape {rows.shape}: delete it, and its realisations are computed again"
            )
        return rows, seconds
