"""One setting, the public address of the repository, brings the links to it, to its issues, to Binder and to Colab."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ConfigError

from tlsbook.links import binder, colab, published

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://github.com/some-body/some-book"
SETTING = 'tlsbook_repository: ""'
LINKS = {
    "Repository": ADDRESS,
    "Open issue": f"{ADDRESS}/issues/new?",
    "Binder": "https://mybinder.org/v2/gh/some-body/some-book/HEAD?urlpath=lab/tree/lab/01-first.ipynb",
    "Colab": "https://colab.research.google.com/github/some-body/some-book/blob/gh-pages/_sources/chapters/01-first.ipynb",
}


def links(book):
    found = BeautifulSoup(book.page("chapters/01-first"), "html.parser").find_all("a", href=True)
    return {tag.get_text(strip=True): tag["href"] for tag in found}


def test_one_setting_brings_four_links(unbuilt_book):
    unbuilt_book.write(
        "_config.yml", (ROOT / "_config.yml").read_text("utf8").replace(SETTING, SETTING.replace('""', ADDRESS))
    )
    unbuilt_book.build()
    found = links(unbuilt_book)
    assert {name: found[name][: len(link)] for name, link in LINKS.items()} == LINKS
    assert (unbuilt_book.root / "_build/html" / LINKS["Colab"].partition("gh-pages/")[2]).is_file()


def test_without_it_there_are_none(book):
    assert not set(LINKS) & set(links(book))
    assert "https://" not in "".join(links(book).values())


@pytest.mark.parametrize("address", ["github.com/a/b", "http://github.com/a/b", "https://github.com", "a/b"])
def test_what_is_no_address_is_refused_by_name(address):
    with pytest.raises(ConfigError, match="tlsbook_repository = .* is not allowed"):
        binder(address, "intro")


def test_other_hosts_have_no_colab():
    assert colab("https://example.org/a/b", "x.ipynb") is None
    assert published("https://example.org/a/b", "x") is published("", "x") is None
    assert binder("https://example.org/a/b", "x").startswith(
        "https://mybinder.org/v2/git/https%3A%2F%2Fexample.org%2Fa%2Fb/"
    )
    assert "/gh/a/b/" in binder("https://github.com/a/b.git", "x")


def test_binder_finds_what_it_needs():
    """A `-e ./lib` is looked for from the root, what `-r` and `-c` name beside the file."""
    lines = (ROOT / "binder/requirements.txt").read_text("utf8").splitlines()
    named = [re.fullmatch(r"-[cr] (.+)", line)[1] for line in lines if line.startswith("-")]
    assert [(ROOT / "binder" / name).resolve().relative_to(ROOT).as_posix() for name in named] == [
        "constraints.txt",
        "requirements.txt",
    ]
    version = re.fullmatch(r"python-(\d+)\.(\d+)\n", (ROOT / "binder/runtime.txt").read_text("utf8"))
    assert (3, 11) <= tuple(map(int, version.groups())) <= (3, 14)
    script = ROOT / "binder/postBuild"
    assert script.stat().st_mode & 0o111
    for module in re.findall(r"python -m (\S+)", script.read_text("utf8")):
        subprocess.run([sys.executable, "-c", f"import {module}"], check=True)


def test_a_notebook_of_a_public_site_fetches_what_it_needs():
    from tlsbook.downloads import FETCH, FIRST_CELL, NOTEBOOKS

    otherwise = FETCH.format(site=published(ADDRESS, NOTEBOOKS))
    cell = FIRST_CELL.format(everything="all.zip", wheel="a.whl", tables="t.zip", otherwise=otherwise)
    assert (
        'urlretrieve(f"https://raw.githubusercontent.com/some-body/some-book/gh-pages/_sources/chapters/{name}", name)'
        in cell
    )
    nbformat.validate(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)]))
