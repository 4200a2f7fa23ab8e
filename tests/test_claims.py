"""`data/claims.csv` is what the code computes, and verdicts follow from values."""

import re
import sys
from decimal import Decimal

import pytest

from tlsglass import reproduce
from tlsglass.analysis.exponents import Estimate
from tlsglass.claims import claim as rules
from tlsglass.claims import isolated
from tlsglass.claims.claim import Claim, Holds, Quoted, exact
from tlsglass.claims.table import CLAIMS, COLUMNS, digits, read, rows, table, write
from tlsglass.results.folders import REPOSITORY

COMMITTED = read()
ROUNDING = 1e-14  # of numbers of order 1, after some tens of operations


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_committed_table_is_what_the_code_computes(claim):
    computed = rows(claim)
    ids = [row["id"] for row in computed]
    committed = COMMITTED.set_index("id", drop=False).loc[ids].to_dict("records")
    for ours, theirs in zip(computed, committed, strict=True):
        words = [name for name in COLUMNS if name not in ("ours", "error")]
        assert {name: ours[name] for name in words} == {name: theirs[name] for name in words}
        for name in ("ours", "error"):
            assert bool(ours[name]) == bool(theirs[name])
            if ours[name]:  # the last printed digit may round otherwise on another machine, and rounding has no digits
                close = max(1.01 * last_digit(theirs[name]), ROUNDING)
                assert float(ours[name]) == pytest.approx(float(theirs[name]), abs=close)


def last_digit(printed):
    """One unit of the last digit that is printed: 0.01 for 2.86, 1e-10 for 1.2e-09."""
    return 10.0 ** Decimal(printed).as_tuple().exponent


def test_table_holds_every_claim_once_and_nothing_else():
    expected = [f"{claim.id} {case}".strip() for claim in CLAIMS for case in claim.cases]
    assert list(COMMITTED["id"]) == expected
    assert len(set(expected)) == len(expected)


def test_every_claim_that_is_not_open_names_a_function_that_exists_and_a_chapter_that_exists():
    for row in COMMITTED.itertuples():
        if row.function:
            module, _, name = row.function.rpartition(".")
            assert callable(getattr(sys.modules[module], name))
        if row.verdict == rules.OPEN:
            assert row.ours == "" and row.remark
        else:
            assert row.ours
            assert (REPOSITORY / "chapters" / f"{row.chapter}.md").is_file()


@pytest.mark.parametrize(
    ("rule", "value", "stderr", "verdict"),
    [
        (Quoted(0.75, 0.85), 0.80, 0.0, "reproduced"),
        (Quoted(0.75, 0.85), 0.90, 0.03, "reproduced"),  # two standard errors reach the range
        (Quoted(0.75, 0.85), 0.90, 0.02, "differs"),
        (Quoted(1e-8, 1e-8, 3), 2.9e-8, 0.0, "consistent"),
        (Quoted(1e-8, 1e-8, 3), 3.1e-8, 0.0, "differs"),
        (Quoted(1e-8, 1e-8, 3), 0.3e-8, 0.0, "differs"),
        (Holds(low=0), 1.0, 0.4, "reproduced"),
        (Holds(low=0), 1.0, 0.6, "consistent"),
        (Holds(low=0), -1.0, 0.4, "differs"),
        (Holds(high=3), 2.0, 0.4, "reproduced"),
        (Holds(high=3), 4.0, 0.4, "differs"),
    ],
)
def test_verdicts(rule, value, stderr, verdict):
    assert rule.verdict(Estimate(value, stderr)) == verdict


def test_readings_of_one_statement():
    values = {"a": exact(1.0), "b": exact(5.0), "c": None}

    def verdicts(cases, readings):
        claim = Claim("x", "", "", "", Quoted(1, 1), values.get, tuple(cases), readings)
        return claim.verdicts(claim.values())

    assert verdicts("ab", readings=True) == ["depends on a reading"] * 2
    assert verdicts("ab", readings=False) == ["reproduced", "differs"]
    assert verdicts("aa", readings=True) == ["reproduced"] * 2
    assert verdicts("ac", readings=True) == ["reproduced", "open"]


def test_claim_without_a_rule_or_data_is_open():
    assert Claim("x", "", "", "").verdicts([None]) == ["open"]
    assert Claim("x", "", "", "", Quoted(1, 1), lambda: None).verdicts([None]) == ["open"]


@pytest.mark.parametrize(
    "bad",
    [lambda: Quoted(2, 1), lambda: Quoted(1, 2, 0.5), lambda: Quoted(0, 1, 2), lambda: Holds(), lambda: Holds(2, 1)],
)
def test_impossible_rules(bad):
    with pytest.raises(ValueError, match="is not allowed"):
        bad()


@pytest.mark.parametrize(
    ("value", "stderr", "text"),
    [(0.79123, 0.0123, ("0.791", "0.012")), (2.857, 0.4, ("2.86", "0.40")), (3315.2, 245.0, ("3315", "245")),
     (1.2e-9, 0.0, ("1.2e-09", ""))],
)  # fmt: skip
def test_digits(value, stderr, text):
    assert digits(Estimate(value, stderr)) == text


def test_row_has_the_papers_value_and_ours_in_their_places():
    claim = Claim("x", "a slope", "Sec. I", "0.77", Quoted(0.765, 0.775), lambda: Estimate(1.234, 0.041))
    (row,) = rows(claim)
    assert (row["paper"], row["ours"], row["error"], row["verdict"]) == ("0.77", "1.234", "0.041", "differs")


def test_nothing_is_computed_that_is_not_committed(monkeypatch, tmp_path):
    monkeypatch.setenv("TLSGLASS_DATA", str(tmp_path))
    functions = [claim for claim in isolated.CLAIMS if claim.compute is not isolated.collapse]
    assert [value for claim in functions for value in claim.values() if value is not None] == []


def test_writing_is_atomic_and_reads_back(tmp_path, monkeypatch):
    few = CLAIMS[:3]
    monkeypatch.setattr("tlsglass.claims.table.CLAIMS", few)
    path = write(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["claims.csv"] == [path.name]
    assert read(tmp_path).equals(table())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",verdict,", ",judgement,", "'judgement'"),
        ("differs", "wrong", "verdict of 'slope' is 'wrong'; it must be one of reproduced"),
        ("height", "slope", "two rows with the id 'slope'"),
        ("slope,s,1,2,3,4,differs,f,c,r\nheight,s,1,2,3,4,open,f,c,r\n", "", "there is no row"),
    ],
)
def test_an_edited_table_is_not_read(tmp_path, old, new, said):
    text = ",".join(COLUMNS) + "\nslope,s,1,2,3,4,differs,f,c,r\nheight,s,1,2,3,4,open,f,c,r\n"
    file = tmp_path / "claims.csv"
    file.write_text(text)
    assert list(read(tmp_path)["verdict"]) == ["differs", "open"]
    assert old in text
    file.write_text(text.replace(old, new))
    with pytest.raises(ValueError, match=re.escape(said)):
        read(tmp_path)


def test_command_line(monkeypatch, capsys):
    done = []
    for name in reproduce.TABLES:
        monkeypatch.setitem(reproduce.TABLES, name, lambda name=name: done.append(name) or "here")
    monkeypatch.setattr(reproduce, "reproduce", lambda name, compute: done.append(name))
    reproduce.main(["claims"])
    reproduce.main([])
    assert done == ["claims", *reproduce.EXPERIMENTS, *reproduce.TABLES]
    with pytest.raises(SystemExit):
        reproduce.main(["fig99"])
    assert "name = 'fig99'" in capsys.readouterr().err
