"""The making of what probes mirrors, from the settings in force."""

from mirrorsel.checker.probe import Prober
from mirrorsel.checker.sample_source import SampleSource
from mirrorsel.config import Settings


class Probers:
    """Makes a prober for each cycle; what samples have learned outlives it."""

    def __init__(self) -> None:
        self._source = SampleSource()

    def __call__(self, settings: Settings) -> Prober:
        """Return what probes mirrors as the settings ask.

        Where samples come from the origin, it is asked for those that are due.
        """
        samples = self._source.of(settings)
        samples.refresh()
        return Prober.of(settings.checker, samples)


def make_prober(settings: Settings) -> Prober:
    """Return what probes mirrors once, as the settings ask."""
    return Probers()(settings)
