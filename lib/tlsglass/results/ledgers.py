"""The two ledgers of the book as parts of the data package: the paper's claims, and its equations.

Their text is edited by hand (`equations.csv`) or rounded (`claims.csv`), so the package gives no checksum for them.
"""

from pathlib import Path

LEDGERS = {
    "claims": (
        "Every number and statement of the paper that was computed again, with the verdict",
        {
            "id": "name of the claim, with the case it is about",
            "statement": "what is claimed, in Markdown with TeX",
            "where": "place in the paper",
            "paper": "the paper's value",
            "ours": "our value; empty if it was not computed",
            "error": "its standard error; empty for a value without a statistical error",
            "verdict": "reproduced, consistent, depends on a reading, differs or open",
            "function": "function of the library that gives our value",
            "chapter": "chapter of the book that treats it",
            "remark": "what our value is, or why there is none",
        },
    ),
    "equations": (
        "Every equation of the paper: what became of it, and the tests that say so",
        {
            "equation": "number of the equation, or name of a passage, caption or table",
            "status": "definition, derived, checked, corrected, not needed or open",
            "why": "the reason, in Markdown with TeX",
            "chapter": "chapter of the book that treats it",
            "test": "tests that prove it, separated by semicolons",
        },
    ),
}


def resources(folder: Path) -> list[dict]:
    """Entries of the data package for those ledgers that lie in `folder`."""
    return [
        {
            "name": name,
            "type": "table",
            "path": f"{name}.csv",
            "title": title,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [{"name": n, "type": "string", "description": d} for n, d in columns.items()],
                "primaryKey": list(columns)[0],
            },
        }
        for name, (title, columns) in LEDGERS.items()
        if (folder / f"{name}.csv").is_file()
    ]
