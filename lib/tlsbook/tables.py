"""Tables of pandas as the pages show them: symbols typeset, numbers written in one way, headers above their columns.

Only the page is changed: notebooks and caches keep what pandas made.
"""

import re
from html import escape

from bs4 import BeautifulSoup

from tlsbook.numbers import power_of_ten

SYMBOLS = "ACJLNPSTVWYDdgknrtvħΔΓγδεζηκλμνρστ"  # letters that stand for a quantity where they stand alone
_LETTER = rf"(?<![\w&;])([{SYMBOLS}]\u0304?)"
_WRITTEN = (
    (r"(?<![\w.])-(?=\d)", "−"),
    (r"\s*×\s*(?=10)", "\u00a0×\u00a0"),  # no line breaks here
    (r"(?<![\w.])(\d{5,})(?![\w.])", lambda m: f"{int(m[1]):,}".replace(",", "\u202f")),
)
_TYPESET = (
    (r"\bSiO2\b", "SiO<sub>2</sub>"),
    (r"\bhbar\b", "ħ"),
    (r"(?<!\w)(ħ[A-Z]|[A-Z]τ)(?!\w)", r"<i>\1</i>"),
    (rf"{_LETTER}_(\w+)", r"<i>\1</i><sub>\2</sub>"),
    (rf"{_LETTER}(?![\w\u0304<])", r"<i>\1</i>"),
    (r"\^(\([^)]*\)|[-+]|\w+)", lambda m: f"<sup>{m[1].strip('()').replace('-', '−')}</sup>"),
)
_UNIT = re.compile(r"\s\((?:[^()]|\([^()]*\))*\)$")  # at the end, as "(eV)"


def written(text: str) -> str:
    r"""Return the text of a cell with its numbers written as the prose writes them.

    Examples
    --------
    >>> written("-2.5e-08"), written("156869"), written("2026-11-25")
    ('−2.5\xa0×\xa010⁻⁸', '156\u202f869', '2026-11-25')
    """
    text = re.sub(r"(\d)e([-+]?\d+)\b", lambda m: f"{m[1]}\u00a0×\u00a0{power_of_ten(int(m[2]))}", text)
    for pattern, replacement in _WRITTEN:
        text = re.sub(pattern, replacement, text)
    return text.strip()


def typeset(text: str) -> str:
    """Return the text of a cell as HTML: quantities in italics, what follows `_` lowered, what follows `^` raised.

    Examples
    --------
    >>> typeset("k_B T_D (meV)")
    '<i>k</i><sub>B</sub> <i>T</i><sub>D</sub> (meV)'
    >>> typeset("expm_multiply (s)"), typeset("S^+ of site 1")
    ('expm_multiply (s)', '<i>S</i><sup>+</sup> of site 1')
    """
    text = escape(written(text), quote=False)
    words = _UNIT.sub("", text)
    unit = text[len(words) :]
    for pattern, replacement in _TYPESET:
        words = re.sub(pattern, replacement, words)
    return words + unit


def readable_table(html: str) -> str:
    """Return a table of pandas for the page, and any other HTML as it is.

    The name of the index moves into the row of the headers, and a column of numbers, with its header, is of the class
    `number`.
    """
    soup = BeautifulSoup(html, "html.parser")
    table = soup.find("table", class_="dataframe")
    if table is None:
        return html
    for style in soup.find_all("style"):
        style.decompose()
    _one_row_of_headers(table)
    for row in table.find_all("tr"):
        row.attrs.pop("style", None)
    for cell in table.find_all(["td", "th"]):
        text = cell.get_text()
        cell.clear()
        cell.append(BeautifulSoup(typeset(text), "html.parser"))
    _mark_numbers(table)
    return str(soup)


def _one_row_of_headers(table):
    rows = table.thead.find_all("tr")
    if len(rows) != 2:
        return
    for above, below in zip(*(row.find_all("th") for row in rows), strict=True):
        if below.text.strip():
            above.string = below.text
    rows[1].decompose()


def _mark_numbers(table):
    """A quarter or more of what stands in the column has digits and no words."""
    rows = [row.find_all("td") for row in table.tbody.find_all("tr")]
    headers = table.thead.find_all("th")
    for column in range(len(rows[0]) if rows else 0):
        cells = [row[column] for row in rows]
        filled = [cell.text for cell in cells if cell.text.strip()]
        numbers = [text for text in filled if re.search(r"\d", text) and not any(map(str.isalpha, text))]
        if 4 * len(numbers) >= len(filled) > 0:
            for cell in [headers[column - len(rows[0])], *cells]:
                cell["class"] = [*cell.get("class", []), "number"]
