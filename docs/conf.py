"""How the documents become a site: ``./dev docs``."""

from importlib.metadata import version as installed

project = "mirrorsel"
author = "the mirrorsel authors"
copyright = "the mirrorsel authors; Apache License 2.0"  # noqa: A001 - Sphinx's name
version = release = installed("mirrorsel")

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
# Headings of every level can be linked to, as on any view of the repository.
myst_heading_anchors = 4
# Options stand in prose with two hyphens, which are no dash.
smartquotes = False
nitpicky = True

html_theme = "furo"
html_title = "mirrorsel"
html_copy_source = False
html_show_sphinx = False
