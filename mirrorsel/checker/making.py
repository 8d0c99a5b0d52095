"""How a prober is put together."""

from mirrorsel.checker.probe import Prober
from mirrorsel.config import Settings


def make_prober(settings: Settings) -> Prober:
    """Return the prober that the settings ask for."""
    return Prober.of(settings.checker)
