"""What the operator decides: mirrorsel.toml as checked values."""

from mirrorsel.config.reader import read_settings
from mirrorsel.config.sections import Settings, sections

__all__ = ["Settings", "read_settings", "sections"]
