"""The search, opened from a folder, finds chapters first and shows where the words stand."""


def test_search_from_a_file_shows_chapters_first_with_excerpts(browser, site):
    page = browser.new_page()
    page.set_default_timeout(0)  # a busy machine is not a fault of the page
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "search.html").as_uri() + "?q=concurrence")
    page.wait_for_selector("#search-results ul.search li p.context")
    page.wait_for_function("document.querySelector('#search-results .search-summary')?.innerText.includes('found')")
    results = page.locator("#search-results ul.search > li")
    first = results.first
    assert first.locator("a").first.get_attribute("href").startswith("chapters/")
    assert "d-library" not in first.locator("a").first.get_attribute("href")
    assert "concurrence" in first.inner_text().lower()
    assert page.locator("#search-results p.context").count() >= 5
    assert errors == []
    page.close()
