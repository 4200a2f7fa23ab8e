r"""The paper's equation numbers: `$$ ... \tag{A18} $$ (eq-a18)` is Eq. (A18), and `{eq}` says so from any chapter.

Sphinx by itself prints both its own number and the tag, and refers to its own. Here a tagged equation becomes a
`TaggedEquation`, whose class Sphinx does not count: the book's own equations stay 1.1, 1.2, ... without gaps.
"""

from docutils import nodes
from sphinx.domains.math import MathDomain
from sphinx.locale import _
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from tlsbook.chapters import TAG

log = logging.getLogger(__name__)


class TaggedEquation(nodes.math_block):
    """Displayed equation with the number of the paper in `node["tag"]`."""


class FindTags(SphinxTransform):
    r"""Turn every labelled equation with one `\tag` into a `TaggedEquation`."""

    default_priority = 20

    def apply(self, **kwargs):
        """Walk through the document."""
        for node in list(self.document.findall(nodes.math_block)):
            tags = TAG.findall(node.astext())
            if len(tags) > 1 or (tags and not node.get("label")):
                log.warning("an equation with \\tag needs a label, and one tag only: %s", tags, location=node)
            elif tags:
                domain = self.env.get_domain("math")
                others = [doc for label, (doc, tag) in domain.tags.items() if tag == tags[0] and label != node["label"]]
                if others:
                    log.warning("a second equation with the number %s, as in %s", tags[0], others[0], location=node)
                tex = TAG.sub("", node.astext()).strip()
                node.replace_self(TaggedEquation(tex, tex, tag=tags[0], **node.attributes))
                domain.tags[node["label"]] = (self.env.docname, tags[0])


class TaggedMathDomain(MathDomain):
    """Math domain in which a tagged equation is referred to by its tag."""

    @property
    def tags(self) -> dict[str, tuple[str, str]]:
        """Label -> (document, tag)."""
        return self.data.setdefault("tags", {})

    def clear_doc(self, docname):
        """Forget the equations of a document."""
        super().clear_doc(docname)
        self.data["tags"] = {label: tag for label, tag in self.tags.items() if tag[0] != docname}

    def merge_domaindata(self, docnames, otherdata):
        """Take over what another process has read."""
        super().merge_domaindata(docnames, otherdata)
        self.tags.update({label: tag for label, tag in otherdata.get("tags", {}).items() if tag[0] in docnames})

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode):
        """Link of `{eq}`."""
        if target not in self.tags:
            return super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
        docname, tag = self.tags[target]
        return make_refnode(builder, fromdocname, docname, nodes.make_id(f"equation-{target}"), nodes.Text(f"({tag})"))


def visit_html(self, node):
    """Equation with its number beside it; also for the single page that becomes the PDF."""
    tex = node.astext()
    if r"\\" in tex:
        tex = rf"\begin{{split}}{tex}\end{{split}}"
    start, end = self.builder.config.mathjax_display
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight"))
    self.body.append(f'<span class="eqno">({node["tag"]})')
    self.add_permalink_ref(node, _("Link to this equation"))
    self.body.append(f"</span>{start}{self.encode(tex)}{end}</div>\n")
    raise nodes.SkipNode


def visit_latex(self, node):
    """Equation with its number, for a LaTeX build."""
    label = f"equation:{node['docname']}:{node['label']}"
    tex = rf"\begin{{split}}{node.astext()}\end{{split}}"
    self.body.append(f"\n\\begin{{equation}}\\tag{{{node['tag']}}}\\label{{{label}}}\n{tex}\n\\end{{equation}}\n")
    raise nodes.SkipNode


def setup(app):
    """Connect to Sphinx."""
    app.add_node(TaggedEquation, html=(visit_html, None), latex=(visit_latex, None))
    app.add_domain(TaggedMathDomain, override=True)
    app.add_transform(FindTags)
    return {"parallel_read_safe": True, "env_version": 1}
