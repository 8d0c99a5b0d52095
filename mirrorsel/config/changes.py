"""What differs between two versions of the settings."""

from mirrorsel.config.sections import Settings, sections
from mirrorsel.setting import settings_of


def after_restart(before: Settings, now: Settings) -> tuple[str, ...]:
    """Return the settings that differ and count only after a restart.

    They are named as ``section.setting``, in the order of the file.
    """
    return tuple(
        f"{section}.{name}"
        for section, kind in sections().items()
        for name, about in settings_of(kind).items()
        if about.restart
        and getattr(getattr(before, section), name)
        != getattr(getattr(now, section), name)
    )
