"""Claims and equations are described in the data package like every other table."""

import json
import shutil

import frictionless
import pandas as pd
import pytest

from tlsglass.results import ledgers, tables
from tlsglass.results.folders import REPOSITORY

DATA = REPOSITORY / "data"


def write(folder):
    tables.write_table(folder, "fig00", pd.DataFrame({"x": [1.0]}), {"x": ("number", "x")}, "A table")


def test_committed_package_says_of_the_ledgers_what_the_code_says():
    package = json.loads((DATA / tables.PACKAGE).read_text("utf8"))
    assert [r for r in package["resources"] if r["name"] in ledgers.LEDGERS] == ledgers.resources(DATA)


@pytest.mark.parametrize("present", [[], ["claims"], ["claims", "equations"]])
def test_package_describes_the_ledgers_that_lie_beside_the_tables(tmp_path, present):
    for name in present:
        shutil.copy(DATA / f"{name}.csv", tmp_path)
    for _ in range(2):
        write(tmp_path)
    package = json.loads((tmp_path / tables.PACKAGE).read_text("utf8"))
    assert sorted(r["name"] for r in package["resources"]) == sorted([*present, "fig00"])
    assert frictionless.validate(str(tmp_path / tables.PACKAGE)).valid


@pytest.mark.parametrize("name", ledgers.LEDGERS)
def test_a_column_that_is_not_described_is_noticed(tmp_path, name):
    text = (DATA / f"{name}.csv").read_text("utf8")
    (tmp_path / f"{name}.csv").write_text("x" + text, "utf8")
    write(tmp_path)
    assert not frictionless.validate(str(tmp_path / tables.PACKAGE)).valid
