"""The public status pages: what is known of the mirrors, for people and programs."""

from mirrorsel.web.status.routes import add_status

__all__ = ["add_status"]
