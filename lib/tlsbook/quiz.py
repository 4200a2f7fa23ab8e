"""Questions that a reader can check alone: no script, no server; keyboard and screen reader work as they do for folds.

```{quiz} What does a spin in its ground state do to a pair?
- [ ] It dephases it. :: It has only one state, so the pair feels only one frequency.
- [x] Nothing. :: A classical spin is a constant field, a local rotation of each of the two.
```

Each answer is a fold; what it hides says whether it is right, and why.
"""

import re

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

ANSWER = re.compile(r"- \[(?P<right>[x ])\] (?P<answer>.+?) :: (?P<why>.+)", re.DOTALL)
log = logging.getLogger(__name__)


class Quiz(SphinxDirective):
    """{quiz}`question`: two answers or more, of which at least one is right, each with the reason."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self):
        """Make a list of folds."""
        items = re.split(r"\n(?=- )", "\n".join(self.content).strip())
        answers = [ANSWER.fullmatch(item.strip()) for item in items]
        if len(answers) < 2 or None in answers or not any(a["right"] == "x" for a in answers):
            log.warning(
                "a quiz needs two answers or more, '- [ ] answer :: why', and '[x]' for what is right",
                location=self.get_location(),
            )
            return []
        box = nodes.container(classes=["quiz"])
        box += nodes.paragraph("", "", *self._inline(self.arguments[0]), classes=["quiz-question"])
        for answer in answers:
            verdict = "Yes. " if answer["right"] == "x" else "No. "
            box += nodes.raw("", "<details><summary>", format="html")
            box += nodes.inline("", "", *self._inline(answer["answer"]))
            box += nodes.raw("", "</summary>", format="html")
            box += nodes.paragraph("", "", nodes.strong(verdict, verdict), *self._inline(answer["why"]))
            box += nodes.raw("", "</details>", format="html")
        return [box]

    def _inline(self, text):
        return self.state.inline_text(" ".join(text.split()), self.lineno)[0]


def setup(app):
    """Connect to Sphinx."""
    app.add_directive("quiz", Quiz)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
