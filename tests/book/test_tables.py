"""Tables on the page: headers above their columns, symbols typeset, numbers written in one way, nothing lost."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from tlsbook.tables import readable_table, typeset, written


def parsed(frame):
    return BeautifulSoup(readable_table(frame._repr_html_()), "html.parser")


def test_index_and_columns_share_one_row_of_headers():
    soup = parsed(pd.DataFrame({"a": [1]}, index=pd.Index(["x"], name="N")))
    (row,) = soup.thead.find_all("tr")
    assert [th.text for th in row.find_all("th")] == ["N", "a"]


def test_columns_of_numbers_are_marked_with_their_headers():
    frame = pd.DataFrame({"n": ["3.1", "2(1)"], "what": ["red", "4 blue"], "part": ["1.5(2)", "out of sight"]})
    soup = parsed(frame)
    assert [th.text for th in soup.thead.find_all("th", class_="number")] == ["n", "part"]
    assert [td.text for td in soup.find_all("td", class_="number")] == ["3.1", "1.5(2)", "2(1)", "out of sight"]


def test_two_levels_of_the_index_keep_headers_over_their_columns():
    frame = pd.DataFrame({"s": [1, 2], "t": ["x", "y"]}, index=pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")]))
    assert [th.text for th in parsed(frame).thead.find_all("th", class_="number")] == ["s"]


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("A_L", "<i>A</i><sub>L</sub>"),
        ("Δ\u0304 / W", "<i>Δ\u0304</i> / <i>W</i>"),
        ("ρ_TLS^(-1/3)", "<i>ρ</i><sub>TLS</sub><sup>−1/3</sup>"),
        ("SiO2, paper's norm", "SiO<sub>2</sub>, paper's norm"),
        ("expm_multiply / closed form", "expm_multiply / closed form"),
        ("Table I", "Table I"),
        ("ρ (g/cm³)", "<i>ρ</i> (g/cm³)"),
        ("P\u0304 (10⁴⁴/(J m³))", "<i>P\u0304</i> (10⁴⁴/(J m³))"),
        ("ħY/J, exact", "<i>ħY</i>/<i>J</i>, exact"),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)
def test_symbols(plain, expected):
    assert typeset(plain) == expected


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("1e-1", "1\u00a0×\u00a010⁻¹"),
        ("2.5e+06", "2.5\u00a0×\u00a010⁶"),
        ("1×10⁻⁴", "1\u00a0×\u00a010⁻⁴"),
        ("-0.12(3)", "−0.12(3)"),
        ("exp(-2S)", "exp(−2S)"),
        ("12345", "12\u202f345"),
        ("1234", "1234"),
        ("0.000123456", "0.000123456"),
        ("2026-11-25", "2026-11-25"),
        ("beta-size", "beta-size"),
    ],
)
def test_numbers(plain, expected):
    assert written(plain) == expected


def test_other_html_stays():
    assert readable_table('<p class="provenance">x</p>') == '<p class="provenance">x</p>'
