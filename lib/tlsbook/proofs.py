"""The record of what the tests of the ledger said: `python -m tlsbook.ledger` brings it up to date.

A test has to run again when its file or a conftest above it, a library module that these import (directly or not), a
data file that any of them names, or the configuration of pytest has changed; its outcome is kept beside a hash of
these. So a second build has nothing to run, and an edited library runs what may have changed. The record judges
nothing: the build of the book does, in :mod:`tlsbook.ledger`.
"""

import ast
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

from tlsbook.dependencies import Dependencies
from tlsglass._files import write_atomically

RECORD = "_build/proofs.json"
# Parts of a test in the order of their weight: the first that applies is the outcome.
OUTCOMES = ("failed", "skipped", "passed")
OUTCOME_OF_TAG = {"failure": "failed", "error": "failed", "skipped": "skipped"}
ALL_PASSED, SOME_FAILED = 0, 1  # exit codes of pytest


def file_of(node_id: str) -> str:
    """File of a pytest node id: "tests/test_a.py" of "tests/test_a.py::test_b[c]"."""
    return node_id.partition("::")[0]


class Proofs:
    """What is known about tests of the book in `root`."""

    def __init__(self, root: Path):
        self.root = root
        self._digests, self._functions = {}, {}

    @cached_property
    def record(self) -> dict:
        """Node id of a test or of one of its cases -> {"digest": ..., "outcome": ...}."""
        file = self.root / RECORD
        return json.loads(file.read_text("utf8")) if file.is_file() else {}

    def outcome(self, node_id: str) -> str:
        """Return "passed", or in words why the test proves nothing. A test with cases passes if all of them do."""
        if not self._exists(node_id):
            return "does not exist"
        entries = [entry for name, entry in self.record.items() if name == node_id or name.startswith(f"{node_id}[")]
        if not entries:
            return f"has not been run ({RECORD} does not have it)"
        if any(entry["digest"] != self._digest(file_of(node_id)) for entry in entries):
            return f"has not been run since something it depends on changed ({RECORD})"
        return next(outcome for outcome in OUTCOMES if any(entry["outcome"] == outcome for entry in entries))

    def to_run(self, node_ids: Iterable[str]) -> list[str]:
        """Those of the tests that exist and whose outcome is not known, or known to be bad."""
        return sorted(n for n in set(node_ids) if self._exists(n) and self.outcome(n) != "passed")

    def run(self, node_ids: list[str]) -> None:
        """Run the tests with pytest on two cores, in a process of its own, and keep what they said.

        Raises
        ------
        RuntimeError
            If pytest itself fails: a usage error, an error while collecting, an interruption.
        """
        digests = {file: self._digest(file) for file in {file_of(n) for n in node_ids}}  # of what is run, not of later
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            pytest = [sys.executable, "-m", "pytest", "-n", "2", "-o", "junit_family=xunit1", f"--junitxml={report}"]
            environment = {name: value for name, value in os.environ.items() if name != "TLSGLASS_DATA"}
            code = subprocess.run([*pytest, *node_ids], cwd=self.root, env=environment).returncode
            if code not in (ALL_PASSED, SOME_FAILED):
                raise RuntimeError(f"pytest ended with exit code {code}: the proofs are not known")
            outcomes = read_report(report)
        kept = {k: v for k, v in self.record.items() if not any(k == n or k.startswith(f"{n}[") for n in node_ids)}
        kept |= {name: {"digest": digests[file_of(name)], "outcome": outcome} for name, outcome in outcomes.items()}
        self._write(kept)

    def _exists(self, node_id):
        file, _, name = node_id.partition("::")
        if file not in self._functions:
            path = self.root / file
            self._functions[file] = _functions(path) if file.endswith(".py") and path.is_file() else set()
        return name.partition("[")[0] in self._functions[file]

    def _digest(self, file):
        if file not in self._digests:
            path = self.root / file
            conftests = [folder / "conftest.py" for folder in path.parents if folder.is_relative_to(self.root)]
            python = [path, *filter(Path.is_file, conftests)]
            digest = hashlib.sha256(Dependencies(self.root, [f.read_text("utf8") for f in python]).digest().encode())
            for other in [path, *conftests, self.root / "pytest.ini"]:
                digest.update(other.read_bytes() if other.is_file() else b"\0")
            self._digests[file] = digest.hexdigest()
        return self._digests[file]

    def _write(self, record):
        text = json.dumps(record, indent=0, sort_keys=True)
        write_atomically(self.root / RECORD, lambda file: file.write(text.encode()))
        self.record = record


def read_report(file: Path) -> dict[str, str]:
    """Node id -> outcome, from a report of pytest in JUnit's format (family xunit1, which names the files).

    An expected failure is reported as skipped: it proves nothing either.
    """
    found = {}
    for case in ElementTree.parse(file).iter("testcase"):
        module = case.get("file").removesuffix(".py").replace("/", ".")
        classes = case.get("classname").removeprefix(module).strip(".").split(".")
        name = "::".join([case.get("file"), *filter(None, classes), case.get("name")])
        said = {OUTCOME_OF_TAG.get(child.tag, "passed") for child in case}
        found[name] = next(outcome for outcome in OUTCOMES if outcome in said | {"passed"})
    return found


def _functions(file: Path) -> set[str]:
    """Names of the tests in a file: "test_a", "TestB::test_c"."""
    found = set()
    for node in ast.parse(file.read_bytes(), filename=str(file)).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{f.name}" for f in node.body if isinstance(f, ast.FunctionDef)}
    return found
