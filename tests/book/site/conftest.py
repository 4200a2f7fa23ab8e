"""The built site, and a headless chromium without a network to look at it."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[3]
NO_NETWORK = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"]


def pytest_addoption(parser):
    parser.addoption("--site", type=Path, default=ROOT / "_build" / "html", help="folder of the built site")


def pytest_generate_tests(metafunc):
    """Run every test that asks for `page_name` on every page, except the front door, which only sends on."""
    if "page_name" in metafunc.fixturenames:
        site = metafunc.config.getoption("--site")
        pages = {file.relative_to(site).as_posix() for file in site.rglob("*.html") if "_static" not in file.parts}
        pages = sorted(pages - {"index.html"})
        seen_by_one_worker = [pytest.param(page, marks=pytest.mark.xdist_group(page)) for page in pages]
        metafunc.parametrize("page_name", seen_by_one_worker, scope="session")


@pytest.fixture(scope="session")
def site(pytestconfig) -> Path:
    folder = pytestconfig.getoption("--site").resolve()
    if not (folder / "index.html").is_file():
        pytest.skip(f"no site in {folder}: `make book` builds it")
    return folder


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=NO_NETWORK)
        yield browser
        browser.close()
