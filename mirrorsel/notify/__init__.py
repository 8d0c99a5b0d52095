"""Telling people what changes with mirrors: by mail, and through a webhook."""

from mirrorsel.notify.notifier import Notifier
from mirrorsel.notify.telling import Means

__all__ = ["Means", "Notifier"]
