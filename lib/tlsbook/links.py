"""Links that one setting brings: `tlsbook_repository`, the public address of the repository, in `_config.yml`.

With it the pages link to the repository and to its issues, and each chapter opens on Binder, which builds its image as
`binder/` says, and in Colab, which takes the notebook from the branch that the site is published on. Without it there
are none of these links.
"""

from urllib.parse import quote, urlsplit

from sphinx.errors import ConfigError

SITE_BRANCH = "gh-pages"  # holds the contents of _build/html
BINDER = "https://mybinder.org/v2"
COLAB = "https://colab.research.google.com/github"
RAW = "https://raw.githubusercontent.com"


def project(repository: str) -> str | None:
    """Return "owner/name" of a repository on GitHub, and None of one elsewhere.

    Raises
    ------
    ConfigError
        If `repository` is no https address.
    """
    parts = urlsplit(repository)
    if parts.scheme != "https" or not parts.netloc or not parts.path.strip("/"):
        raise ConfigError(f"tlsbook_repository = {repository!r} is not allowed: it must be an address, https://...")
    return parts.path.strip("/").removesuffix(".git") if parts.netloc == "github.com" else None


def binder(repository: str, name: str) -> str:
    """Return the address that opens the notebook of a chapter, a copy in `lab/`, on Binder."""
    github = project(repository)
    where = f"gh/{github}" if github else f"git/{quote(repository, safe='')}"
    return f"{BINDER}/{where}/HEAD?urlpath=lab/tree/lab/{name}.ipynb"


def colab(repository: str, path: str) -> str | None:
    """Return the address that opens a notebook of the site in Colab, which knows GitHub alone."""
    github = project(repository)
    return f"{COLAB}/{github}/blob/{SITE_BRANCH}/{path}" if github else None


def published(repository: str, folder: str) -> str | None:
    """Return where the files of a folder of the site can be fetched from, or None if that is not known."""
    github = project(repository) if repository else None
    return f"{RAW}/{github}/{SITE_BRANCH}/{folder}" if github else None


def _link_repository(app, config):
    """Let the theme make its buttons; the one for issues knows some hosts only."""
    if repository := config.tlsbook_repository:
        known = project(repository) is not None or urlsplit(repository).netloc == "gitlab.com"
        buttons = {"repository_url": repository, "use_repository_button": True, "use_issues_button": known}
        config.html_theme_options = {**config.html_theme_options, **buttons}


def _offer(app, pagename, templatename, context, doctree):
    """Put a menu before the theme's, on pages with a notebook."""
    repository = app.config.tlsbook_repository
    if not repository or not context.get("notebooks"):
        return
    name = pagename.rpartition("/")[2]
    found = {"Binder": binder(repository, name), "Colab": colab(repository, f"_sources/{pagename}.ipynb")}
    buttons = [
        {"type": "link", "text": where, "url": url, "tooltip": f"Open in {where}", "icon": "fas fa-rocket"}
        for where, url in found.items()
        if url
    ]
    menu = {
        "type": "group",
        "buttons": buttons,
        "icon": "fas fa-rocket",
        "tooltip": "Open elsewhere",
        "label": "launch-buttons",
    }
    context["header_buttons"].insert(0, menu)


def setup(app):
    """Connect to Sphinx, after the theme (priority 501) and the notebooks (600) made their buttons."""
    app.add_config_value("tlsbook_repository", "", "html", types=[str])
    app.connect("config-inited", _link_repository)
    app.connect("html-page-context", _offer, priority=610)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
