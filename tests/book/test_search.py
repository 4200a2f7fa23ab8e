"""The texts of the search. That it works in a browser, from a file: tests/book/site."""

from tlsbook.search import page_text

PAGE = """<html><body><nav>menu</nav><article><section id="title" class="x"><h1>Title<a class="headerlink">#</a></h1>
<p>Plain <em>words</em> &amp; a number <span class="pasted-text">0.5</span>.</p><div class="math">\\[x\\]</div>
<div class="cell"><div class="cell_input">code</div><div class="cell_output">output</div></div>
<section id="part"><h2>Part</h2><p><span id="anchor"></span>More.</p></section></section></article></body></html>"""


def test_text_keeps_sections_and_anchors_and_drops_what_is_not_read():
    text = page_text(PAGE)
    assert text == (
        '<div role="main"><section id="title">Title Plain words &amp; a number 0.5. output '
        '<section id="part">Part<span id="anchor"></span>More.</section></section></div>'
    )
