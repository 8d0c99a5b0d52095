"""What the operator decides: mirrorsel.toml as checked values."""

from mirrorsel.config.changes import after_restart
from mirrorsel.config.notification import NotifySettings
from mirrorsel.config.reader import read_settings
from mirrorsel.config.sections import Settings, sections

__all__ = ["NotifySettings", "Settings", "after_restart", "read_settings", "sections"]
