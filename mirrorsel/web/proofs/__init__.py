"""What proves that a download is right, for each published file."""

from mirrorsel.web.proofs.forms import generated, other_form

__all__ = ["generated", "other_form"]
