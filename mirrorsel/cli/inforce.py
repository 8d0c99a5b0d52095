"""The mirrors in force, for the verbs that show them."""

from dataclasses import dataclass
from pathlib import Path

from mirrorsel.cli.warnings import warnings_of
from mirrorsel.errors import ListError
from mirrorsel.geo import load_countries
from mirrorsel.lists import Loaded, load, stand_in
from mirrorsel.model import Mirror


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The mirrors in force."""

    mirrors: tuple[Mirror, ...]
    problems: tuple[str, ...] = ()
    """Why they are not those of the list, and which they are; empty if they are."""
    warnings: tuple[str, ...] = ()
    """Those of the list, with file, line and column."""


def in_force(list_file: Path, last_good: Path) -> InForce:
    """Return the mirrors of a list, or those that stand in while it has errors.

    Args:
        list_file: The list.
        last_good: The copy of the last good one that the checker kept.

    """
    warnings: tuple[str, ...] = ()
    try:
        loaded = load(list_file, countries=load_countries())
    except ListError as error:
        errors = [str(error)]
    else:
        warnings = warnings_of(loaded, list_file)
        if loaded.ok:
            return InForce(mirrors=loaded.list.mirrors, warnings=warnings)
        errors = _errors(loaded, list_file)
    instead = stand_in(list_file, last_good)
    return InForce(
        mirrors=instead.mirrors.mirrors,
        problems=(*errors, replaced(list_file, instead.about)),
        warnings=warnings,
    )


def replaced(list_file: Path, about: str) -> str:
    """Return the sentence that a list cannot be used, and what stands in for it."""
    return f"{list_file} cannot be used; instead of it {about}"


def _errors(loaded: Loaded, list_file: Path) -> list[str]:
    return [one.at(list_file) for one in loaded.errors]
