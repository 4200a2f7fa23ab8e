"""Look at one page the way readers do: on a desktop, in the dark, on a phone; and note what they would not like."""

from dataclasses import dataclass, field
from pathlib import Path

import axe_core_python

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text("utf8")
DESKTOP = {"width": 1300, "height": 900}
PHONE = {"width": 390, "height": 844}

# Findings in what the theme and docutils write, not the book: rule, and what the element's HTML contains.
AXE_EXCEPTIONS = (
    ("region", 'class="navbar-brand logo"'),  # the book's title in the sidebar
    ("aria-allowed-role", 'role="doc-biblioentry"'),  # entries of the bibliography
    ("aria-roles", 'role="doc-biblioentry"'),
    ("aria-required-children", 'class="citation-list"'),
)

TYPESET = "() => !window.MathJax || MathJax.startup?.promise?.then(() => true)"
EQUATIONS = """() => ({
    written: document.querySelectorAll('.math.notranslate').length,
    typeset: document.querySelectorAll('.math.notranslate mjx-container').length,
    spoken: document.querySelectorAll('.math.notranslate mjx-container mjx-assistive-mml').length,
    errors: [...document.querySelectorAll('mjx-merror, [data-mjx-error]')].map(e => e.title || e.textContent),
})"""
IMAGES_WITHOUT_WORDS = "() => [...document.images].filter(i => !i.alt.trim()).map(i => i.src)"
BROKEN_IMAGES = "() => [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"
# A figure has up to four images: wide or narrow, light or dark. One of them is to be seen.
NOT_ONE = """() => {
    const seen = new Map(), names = new Map();
    for (const image of document.querySelectorAll('main img[class*="only-"]')) {
        const figure = image.closest('figure, div.cell_output') ?? image.parentElement;
        if (!names.has(figure)) names.set(figure, names.size);
        const key = `figure ${names.get(figure)}: ${image.alt}`;
        const visible = getComputedStyle(image).display !== 'none';
        seen.set(key, (seen.get(key) ?? 0) + visible);
    }
    return [...seen].filter(([, count]) => count !== 1).map(([key, count]) => `${count} of ${key}`);
}"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
    [...document.querySelectorAll('main *')]
        .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('pre, mjx-container'))
        .map(e => e.tagName + '.' + e.className).slice(0, 5).concat('page')"""
# Equations wider than their column, on a phone, with every fold open: a displayed one may scroll if a shadow says so
# and the keyboard reaches it; one in a line may not be wider than what it stands in.
CUT = """() => {
    const overflows = box => box.scrollWidth > box.clientWidth + 1;
    const clips = box => getComputedStyle(box).overflowX !== 'visible';
    const says = box => box.tabIndex === 0 && getComputedStyle(box).backgroundImage.includes('gradient');
    const boxes = 'main div.math, main div.math mjx-container, main span.math mjx-container';
    const cut = [...document.querySelectorAll(boxes)].filter(box => clips(box) && overflows(box) && !says(box));
    for (const inline of document.querySelectorAll('main span.math mjx-container')) {
        let box = inline.parentElement;
        while (box !== document.body && getComputedStyle(box).overflowX === 'visible') box = box.parentElement;
        const right = Math.max(0, ...[...inline.getClientRects()].map(r => r.right));
        if (right > box.getBoundingClientRect().right + 1 && !(overflows(box) && says(box))) cut.push(inline);
    }
    return cut.map(e => e.innerText);
}"""
OPEN_FOLDS = """() => {
    document.querySelectorAll('main details').forEach(fold => { fold.open = true; });
    document.querySelectorAll('main .toggle-hidden').forEach(fold => fold.classList.remove('toggle-hidden'));
}"""
# The page breaks its equations anew when it next draws a frame with other widths.
NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))"
CUT_CELLS = """() => [...document.querySelectorAll('div.cell_input pre')].filter(e => e.scrollWidth > e.clientWidth)
    .map(e => e.textContent)"""
FINDINGS = """async rules => {
    const inside_mathjax = {exclude: [['mjx-math'], ['mjx-assistive-mml']]};
    const found = await axe.run(inside_mathjax, {resultTypes: ['violations'], ...rules});
    return found.violations.flatMap(v => v.nodes.map(n => [v.id, n.html, n.failureSummary]));
}"""
ALL = {}
COLOURS = {"runOnly": ["color-contrast"]}  # all that changes in the dark
ALL_BUT_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}  # these are the same on a phone


@dataclass
class Visit:
    """What was seen on one page."""

    requests: list = field(default_factory=list)  # to other machines
    console: list = field(default_factory=list)  # errors
    equations: dict = field(default_factory=dict)
    images_without_words: list = field(default_factory=list)
    broken_images: list = field(default_factory=list)
    too_wide: list = field(default_factory=list)
    cut: list = field(default_factory=list)  # equations, on a phone
    cut_cells: list = field(default_factory=list)  # on the desktop
    not_one: dict = field(default_factory=dict)  # view -> figures of which not exactly one image is seen
    findings: dict = field(default_factory=dict)  # of axe-core: view -> [rule, HTML, advice]


def visit(browser, file: Path) -> Visit:
    seen = Visit()
    context = browser.new_context(viewport=DESKTOP)
    context.set_default_timeout(0)  # how long a page takes says how busy the machine is, not whether the page is right
    context.set_offline(True)
    page = context.new_page()
    page.on("request", lambda r: r.url.startswith(("file:", "data:", "blob:")) or seen.requests.append(r.url))
    page.on("console", lambda message: message.type == "error" and seen.console.append(message.text))
    page.on("pageerror", lambda error: seen.console.append(str(error)))
    _open(page, file)
    seen.equations = page.evaluate(EQUATIONS)
    seen.images_without_words = page.evaluate(IMAGES_WITHOUT_WORDS)
    seen.broken_images = page.evaluate(BROKEN_IMAGES)
    seen.not_one["light"] = page.evaluate(NOT_ONE)
    page.emulate_media(media="print")
    seen.not_one["print"] = page.evaluate(NOT_ONE)
    page.emulate_media(media="screen")
    page.evaluate(NEXT_FRAME)
    seen.findings["light"] = _axe(page, ALL)
    page.evaluate("Object.assign(document.documentElement.dataset, {theme: 'dark', mode: 'dark'})")
    seen.not_one["dark"] = page.evaluate(NOT_ONE)
    seen.findings["dark"] = _axe(page, COLOURS)
    page.evaluate(OPEN_FOLDS)
    page.evaluate(NEXT_FRAME)
    seen.cut_cells = page.evaluate(CUT_CELLS)
    page.set_viewport_size(PHONE)
    _open(page, file)
    seen.not_one["phone"] = page.evaluate(NOT_ONE)
    seen.too_wide = page.evaluate(TOO_WIDE)
    seen.findings["phone"] = _axe(page, ALL_BUT_COLOURS)
    page.evaluate(OPEN_FOLDS)
    page.evaluate(NEXT_FRAME)
    seen.cut = page.evaluate(CUT)
    context.close()
    return seen


def _open(page, file):
    page.goto(file.as_uri())
    page.wait_for_function(TYPESET)
    page.add_style_tag(content="*, *::before, *::after {transition: none !important; animation: none !important}")
    page.evaluate(AXE)


def _axe(page, rules):
    return [
        [rule, html, advice]
        for rule, html, advice in page.evaluate(FINDINGS, rules)
        if not any(rule == name and part in html for name, part in AXE_EXCEPTIONS)
    ]
