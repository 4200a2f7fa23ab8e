"""Many machines: the bits of one process, whatever happens to the workers; clear words when they cannot help."""

import subprocess
import sys

import numpy as np
import pytest

from tlsglass import reproduce
from tlsglass.ensembles import CONCURRENCE, Ensemble, average
from tlsglass.ensembles.scheduler import Scheduler, SchedulerError

# Two worker processes; one is killed when a few batches are there. A function fails. The sources of the workers change.
CLUSTER = """
import os, signal, sys, time
from pathlib import Path
import numpy as np
from tlsglass.ensembles import CONCURRENCE, Ensemble, average, averages
from tlsglass.ensembles.observables import FailedRealisation
from tlsglass.ensembles.scheduler import Scheduler, SchedulerError

def slow_tilt(system, t):
    time.sleep(0.01)
    return np.full(t.size, system.polarisation.mean())

def fragile(system, t):
    if system.polarisation[0] == unlucky:
        raise ZeroDivisionError("no neighbour")
    return np.full(t.size, system.polarisation.mean())

def change_sources():
    from tlsglass.ensembles import scheduler
    scheduler.numerical_sources = lambda: "other"

if __name__ == "__main__":
    averages.BATCH_SECONDS = 0.05
    with Scheduler("local", timeout=60) as machines:
        victim, killed = next(iter(machines.client.run(os.getpid).values())), []

        def compute(*args):
            for number, batch in enumerate(machines.compute(*args)):
                if number == 5:
                    os.kill(victim, signal.SIGKILL)
                    killed.append(number)
                yield batch

        ensemble, t, folder = Ensemble(4, seed=3), np.logspace(-2, 2, 5), Path(sys.argv[1])
        curve = average(ensemble, slow_tilt, t, 150, folder, compute=compute)
        assert killed == [5]
        again = average(ensemble, slow_tilt, t, 150, folder, compute=lambda *_: iter(()))  # all is kept
        np.savez(sys.argv[2], slow_tilt=curve.blocks, again=again.blocks,
                 concurrence=average(ensemble, CONCURRENCE, t, 40, compute=machines.compute).blocks)
        unlucky = ensemble.realisation(11).polarisation[0]
        try:
            average(ensemble, fragile, t, 40, folder, compute=machines.compute)
        except FailedRealisation as error:
            print(error, sum(len(np.load(file)["rows"]) for file in folder.glob("fragile*/*.npz")), "kept")
        machines.client.run(change_sources)
        try:
            average(ensemble, CONCURRENCE, t, 40, compute=machines.compute)
        except SchedulerError as error:
            print(error)
"""


def test_a_worker_is_killed_and_the_bits_are_the_same(tmp_path):
    script, out = tmp_path / "script.py", tmp_path / "out.npz"
    script.write_text(CLUSTER)
    command = [sys.executable, str(script), str(tmp_path / "kept"), str(out)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr

    def tilt(system, t):
        return np.full(t.size, system.polarisation.mean())

    ensemble, t = Ensemble(4, seed=3), np.logspace(-2, 2, 5)
    with np.load(out) as found:
        np.testing.assert_array_equal(found["slow_tilt"], average(ensemble, tilt, t, 150).blocks)
        np.testing.assert_array_equal(found["again"], found["slow_tilt"])
        np.testing.assert_array_equal(found["concurrence"], average(ensemble, CONCURRENCE, t, 40).blocks)
    assert "observable fragile, realisation 11: ZeroDivisionError: no neighbour 11 kept" in run.stdout
    assert "has other sources of tlsglass (other) than the process that asks" in run.stdout


@pytest.mark.filterwarnings("ignore")  # of the connection that never was
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "tcp://no.such.host.invalid:8786"])
def test_unreachable(address, capsys):
    with pytest.raises(SchedulerError, match=f"no scheduler at '{address}': ."):
        Scheduler(address, timeout=0.5)


@pytest.mark.filterwarnings("ignore")
def test_reproduce_says_why_it_stops(empty_library, monkeypatch):
    def refuse(address):
        raise SchedulerError(f"no scheduler at {address!r}: connection refused")

    monkeypatch.setattr(reproduce, "Scheduler", refuse)
    with pytest.raises(SystemExit, match="(?s)no scheduler at 'tcp://127.0.0.1:9': connection refused.*is kept"):
        reproduce.main(["fig04", "--scheduler", "tcp://127.0.0.1:9"])


def test_without_dask(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SchedulerError, match="a scheduler needs dask: pip install"):
        Scheduler("local")
