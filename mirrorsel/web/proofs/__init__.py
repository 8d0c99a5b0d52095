"""What proves that a download is right, for each published file."""

from mirrorsel.web.proofs.forms import generated, other_form
from mirrorsel.web.proofs.page import FilePage

__all__ = ["FilePage", "generated", "other_form"]
