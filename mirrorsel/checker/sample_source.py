"""Where samples come from, by the settings."""

from mirrorsel.checker.folder_samples import FolderSamples
from mirrorsel.checker.origin_samples import OriginSamples
from mirrorsel.config import Settings
from mirrorsel.cost import limits_of

KnownSamples = FolderSamples | OriginSamples


class SampleSource:
    """The samples that the settings in force ask for.

    They are kept for as long as what they are made of stays, with all that they have
    learned.
    """

    def __init__(self) -> None:
        self._made_of: tuple[object, ...] | None = None
        self._samples: KnownSamples | None = None

    def of(self, settings: Settings) -> KnownSamples:
        """Return the source of samples.

        It is the published tree, where the settings say that this machine has it,
        else the origin.
        """
        checker = settings.checker
        made_of = (
            settings.path(settings.tree.folder) if settings.tree.folder else None,
            settings.list,
            checker.samples,
            limits_of(checker),
        )
        if self._samples is None or made_of != self._made_of:
            self._samples, self._made_of = _make(settings), made_of
        return self._samples


def _make(settings: Settings) -> KnownSamples:
    if settings.tree.folder:
        folder = settings.path(settings.tree.folder)
        return FolderSamples(folder, always_origin=settings.list.always_origin)
    checker = settings.checker
    paths = [path.lstrip("/") for path in checker.samples]
    return OriginSamples(settings.list.origin, paths, limits_of(checker))
