"""The built site, and a headless chromium without a network to look at it. Without one of them nothing is looked at."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[3]
NO_NETWORK = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"]


def pytest_addoption(parser):
    parser.addoption("--site", type=Path, default=ROOT / "_build" / "html", help="folder of the built site")


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_configure(config):
    """Refuse to start: skipped tests would look like passed ones."""
    site = config.getoption("--site")
    if not (site / "index.html").is_file():
        raise pytest.UsageError(f"no site in {site}: `make book` builds it")
    if _chromium() is None:
        raise pytest.UsageError("no chromium, so no page can be looked at: apt-get install chromium")


def pytest_generate_tests(metafunc):
    """Run every test that asks for `page_name` on every page, except the front door, which only sends on."""
    if "page_name" in metafunc.fixturenames:
        site = metafunc.config.getoption("--site")
        pages = {file.relative_to(site).as_posix() for file in site.rglob("*.html") if "_static" not in file.parts}
        source = {page for page in pages if page.startswith("_modules/tlsglass/") and "/glass/" not in page}
        pages = sorted(pages - {"index.html"} - source)  # source pages differ in nothing but the source: some are seen
        seen_by_one_worker = [pytest.param(page, marks=pytest.mark.xdist_group(page)) for page in pages]
        metafunc.parametrize("page_name", seen_by_one_worker, scope="session")


@pytest.fixture(scope="session")
def site(pytestconfig) -> Path:
    return pytestconfig.getoption("--site").resolve()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=NO_NETWORK, timeout=0)
        yield browser
        browser.close()
