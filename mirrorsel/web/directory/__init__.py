"""Folders of the published tree, as pages and as JSON."""

from mirrorsel.web.directory.answer import Directory

__all__ = ["Directory"]
