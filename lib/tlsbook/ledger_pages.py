"""Pages of the ledger: a badge beside each equation of the paper, the table of all equations, the table of all claims.

`{ledger-table}` and `{claims-table}` make the tables from `data/`; the roles {ledger} and {claim} make a badge with a
link to a row, as in {ledger}`A18`; {claim}`the rise <rise>` says before the verdict what is judged. Badges are made
when a page is written, which is at every build: they say what the files say now. What does not stand in the ledger
becomes a warning in every build.
"""

import re
from functools import cache
from pathlib import Path

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.nodes import make_refnode

from tlsbook import ledger
from tlsbook.chapters import table_of_contents
from tlsbook.equations import TaggedEquation
from tlsbook.ledger_problems import Ledger, problems

CLAIMS = "data/claims.csv"
CLAIMS_PAGE = "chapters/c-claims"
VERDICTS = {
    "reproduced": "our number agrees within the errors, or the statement holds",
    "consistent": "same order of magnitude as an estimate, or not in contradiction within the errors",
    "depends on a reading": "true in one reading of the text, not in another",
    "differs": "our number does not agree, or the statement does not hold",
    "open": "not computed yet",
}
LABELLED = re.compile(r"(?:(.+?)\s+<(?=.+>$))?(.+?)>?", re.DOTALL)  # "label <row>" or "row"
log = logging.getLogger(__name__)


class Badge(nodes.reference):
    """Place of a badge: `badge["table"]` is "ledger" or "claim", `badge["row"]` the name of the row.

    `badge["label"]`, if it is not empty, stands before the word.
    """


class BadgeRole(SphinxRole):
    """{ledger}`A18`: status of an equation; {claim}`alpha` or {claim}`the plateau <alpha>`: verdict on a claim."""

    def run(self):
        """Keep the place."""
        label, row = LABELLED.fullmatch(self.text).groups()
        badge = Badge("", "", table=self.name, row=row, label=label or "")
        self.set_source_info(badge)
        return [badge], []


class Table(SphinxDirective):
    """A table with one class and one anchor per row, and a choice of which rows are seen (in CSS, without scripts)."""

    file: str
    headings: tuple[str, ...]
    shares: tuple[int, ...]

    def cells(self, row) -> list[str | nodes.Node]:
        """Contents of one row: MyST text or nodes."""
        raise NotImplementedError

    def table(self, name, rows, groups, meanings) -> list[nodes.Node]:
        """Counts and choice, then the table. `rows` are (anchor, group, cells); `groups` the groups in their order."""
        self.env.note_dependency(str(Path(self.env.srcdir) / self.file))
        table = nodes.table(classes=["ledger", name])
        group = nodes.tgroup(cols=len(self.headings))
        group += [nodes.colspec(colwidth=share) for share in self.shares]
        head, body = nodes.thead(), nodes.tbody()
        head += self._row([nodes.Text(heading) for heading in self.headings])
        for anchor, kind, cells in rows:
            line = self._row(cells)
            line["ids"], line["classes"] = [anchor], [f"row-{_slug(kind)}"]
            body += line
        group += [head, body]
        table += group
        counts = {kind: sum(row[1] == kind for row in rows) for kind in groups}
        return [*_choice(name, counts, meanings), table]

    def paragraph(self, text, classes=()) -> nodes.paragraph:
        """MyST text of a CSV file; HTML in it is shown, not obeyed."""
        found = nodes.paragraph("", "", *self.state.inline_text(text, self.lineno)[0], classes=list(classes))
        for html in list(found.findall(nodes.raw)):
            html.replace_self(nodes.Text(html.astext()))
        return found

    def _row(self, cells):
        row = nodes.row()
        for heading, cell in zip(self.headings, cells, strict=True):
            entry = nodes.entry(classes=[f"cell-{_slug(heading)}"])
            if isinstance(cell, str):
                entry += self.paragraph(cell)
            elif isinstance(cell, nodes.Text):
                entry += nodes.paragraph("", "", cell)
            else:
                entry += cell
            row += entry
        return row


class LedgerTable(Table):
    """{ledger-table}: every equation of the paper, its status and the tests that prove it."""

    file = ledger.FILE
    headings = ("Equation", "Status", "Why", "Chapter and tests")
    shares = (13, 14, 35, 38)

    def run(self):
        """Make the table."""
        book = _ledger(self.env.srcdir)
        rows = [(row.anchor, row.status, self.cells(row, book.displayed)) for row in book.rows]
        return self.table("equations", rows, ledger.STATUSES, ledger.STATUSES)

    def cells(self, row, displayed):
        """Contents of one row; the number links back to the equation where it is displayed."""
        number = f"{{eq}}`{row.label}`" if row.equation in displayed else f"({row.equation})"
        badge = nodes.inline(row.status, row.status, classes=["ledger-badge", row.css_class])
        proof = []
        if row.chapter:
            proof.append(f"{{doc}}`{row.chapter}`")
        tests = [nodes.literal(t, _breakable(t), classes=["node-id"]) for t in row.tests]
        last = [self.paragraph(p) for p in proof]
        last += [nodes.paragraph("", "", test) for test in tests]
        return [number if row.numbered else _short(row), nodes.paragraph("", "", badge), row.why, last]


class ClaimsTable(Table):
    """{claims-table}: every quoted number or statement, the paper's value beside ours."""

    file = CLAIMS
    headings = ("Claim", "Paper", "Ours", "Verdict", "Where")
    shares = (30, 14, 17, 15, 24)

    def run(self):
        """Make the table."""
        rows = [(_claim_anchor(c.id), c.verdict, self.cells(c)) for c in _claims(self.env.srcdir).itertuples()]
        return self.table("claims", rows, VERDICTS, VERDICTS)

    def cells(self, row):
        """Contents of one row."""
        verdict = nodes.inline(row.verdict, row.verdict, classes=["ledger-badge", f"verdict-{_slug(row.verdict)}"])
        claim = [self.paragraph(row.statement)]
        if row.remark:
            claim.append(self.paragraph(row.remark, ["remark"]))
        where = [nodes.paragraph("", "", nodes.Text(row.where))]
        if row.chapter:
            where.append(self.paragraph(f"{{doc}}`{row.chapter}`"))
        if row.function:
            code = nodes.literal(row.function, _breakable(row.function), classes=["node-id"])
            where.append(nodes.paragraph("", "", code))
        ours = f"{row.ours} ± {row.error}" if row.error else row.ours or "–"
        return [claim, _powers_of_ten(row.paper), _powers_of_ten(ours), nodes.paragraph("", "", verdict), where]


def _choice(name, counts, meanings):
    """Radio buttons with the counts of each group; CSS hides the rows of the others."""
    groups = [("all", f"all {sum(counts.values())}", "every row")]
    groups += [(_slug(kind), f"{kind} {n}", meanings[kind]) for kind, n in counts.items() if n]
    buttons = "".join(
        f'<label title="{meaning}"><input type="radio" name="{name}" value="{slug}"{" checked" * (slug == "all")}> '
        f"{label}</label>"
        for slug, label, meaning in groups
    )
    rules = "".join(
        f'.{name}-choice:has([value="{slug}"]:checked) ~ * tbody tr:not(.row-{slug}),'
        f'.{name}-choice:has([value="{slug}"]:checked) ~ table tbody tr:not(.row-{slug}){{display:none}}'
        for slug, *_ in groups[1:]
    )
    html = f'<fieldset class="ledger-choice {name}-choice"><legend>Show</legend>{buttons}</fieldset>'
    return [nodes.raw("", f"<style>{rules}</style>{html}", format="html")]


def _short(row):
    return f"({row.equation})" if row.numbered else row.name


def _powers_of_ten(text):
    """Write 1e-05 and 1.2e-09 as readers do."""
    text = re.sub(r"\b1e([+-]\d+)", lambda m: f"$10^{{{int(m[1])}}}$", text)
    return re.sub(r"([\d.]+)e([+-]\d+)", lambda m: rf"${m[1]}\times10^{{{int(m[2])}}}$", text)


def _claims(srcdir) -> pd.DataFrame:
    return pd.read_csv(Path(srcdir) / CLAIMS, dtype=str, keep_default_na=False)


def _verdicts(srcdir) -> dict[str, str]:
    return dict(_claims(srcdir)[["id", "verdict"]].values) if (Path(srcdir) / CLAIMS).is_file() else {}


def _claim_anchor(name):
    return f"claim-{_slug(name)}"


def _slug(text):
    return "-".join(text.lower().replace("/", " ").replace("_", " ").split())


def _breakable(text):
    """Let a long name break before its punctuation, with zero-width spaces."""
    for mark in ("/", "::", ".", "_"):
        text = text.replace(mark, f"\u200b{mark}")
    return text


@cache
def _read(file, modified_ns):
    return Ledger(file.parents[1])


def _ledger(srcdir):
    file = Path(srcdir) / ledger.FILE
    return _read(file, file.stat().st_mtime_ns)


def _has_ledger(app: Sphinx) -> bool:
    return ledger.PAGE in table_of_contents(Path(app.srcdir))


def _warn_of_problems(app, env, docnames):
    if _has_ledger(app):
        for problem in problems(Path(app.srcdir)):
            log.warning("%s: %s", ledger.FILE, problem)


def _add_badges(app, doctree, docname):
    """Put a badge below each equation of the paper, and fill all badges."""
    if _has_ledger(app):
        rows = _ledger(app.srcdir).by_equation
        for equation in list(doctree.findall(TaggedEquation)):
            if equation["tag"] in rows:
                line = nodes.paragraph(classes=["equation-status"])
                line += Badge("", "", table="ledger", row=equation["tag"], short=True)
                equation.parent.insert(equation.parent.index(equation) + 1, line)
    for badge in list(doctree.findall(Badge)):
        badge.replace_self(_link(app, docname, badge))


def _link(app, docname, badge):
    """Badge with its text, which is as new as the file, and its address."""
    name = badge["row"]
    if badge["table"] == "ledger" and _has_ledger(app) and name in (rows := _ledger(app.srcdir).by_equation):
        row, page = rows[name], ledger.PAGE
        text = row.status if badge.get("short") else f"{_short(row)}: {row.status}"
        title, anchor, css = f"{row.name} is {row.status}: see the ledger", row.anchor, row.css_class
    elif badge["table"] == "claim" and name in (verdicts := _verdicts(app.srcdir)):
        text, page, anchor = verdicts[name], CLAIMS_PAGE, _claim_anchor(name)
        title, css = f"paper and book side by side: {name}", f"verdict-{_slug(text)}"
    else:
        log.warning("no row %r in the table that {%s} asks", name, badge["table"], location=badge)
        return nodes.Text(name)
    if badge.get("label"):
        text = f"{badge['label']}: {text}"
    link = make_refnode(app.builder, docname, page, anchor, [nodes.inline("", text)], title)
    link["classes"] += ["ledger-badge", css]
    return link


def setup(app):
    """Connect to Sphinx."""
    app.add_node(Badge)
    app.add_role("ledger", BadgeRole())
    app.add_role("claim", BadgeRole())
    app.add_directive("ledger-table", LedgerTable)
    app.add_directive("claims-table", ClaimsTable)
    app.connect("env-before-read-docs", _warn_of_problems)
    app.connect("doctree-resolved", _add_badges)
    return {"parallel_read_safe": True}
