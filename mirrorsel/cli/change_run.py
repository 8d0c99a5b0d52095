"""The way of an edit from the list to the list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from msgspec import Raw

from mirrorsel.cli.change_made import Made, made
from mirrorsel.cli.change_shown import (
    Report,
    diff_of,
    print_diff,
    print_lines,
    print_report,
)
from mirrorsel.cli.complaint import complain
from mirrorsel.cli.consent import consent
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.layout import cell, make_console
from mirrorsel.cli.lint_facts import facts_of
from mirrorsel.cli.lint_shown import show_problems
from mirrorsel.cli.preview_document import document
from mirrorsel.cli.preview_run import effect_of
from mirrorsel.cli.preview_shown import show_effect
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.config import Settings, read_settings
from mirrorsel.geo import load_countries
from mirrorsel.lists import Loaded, load, parse
from mirrorsel.lists.file import decode
from mirrorsel.lists.install import Held
from mirrorsel.model import Country
from mirrorsel.preview import Effect

# Other verbs are done within moments; an editor is not.
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What an edit makes of a list's text."""

    text: str
    notes: tuple[str, ...] = ()
    """What there is to say of it, in words."""


Edit = Callable[[Loaded], Edited]
"""Makes a text of a list; raises what tells that it cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an edit is made."""

    question: str = ""
    """What to ask before anything is written; empty to ask nothing."""
    preview: bool = False
    """Whether to tell what it changes for the world."""
    dry_run: bool = False
    as_json: bool = False
    about: object = None
    """What else a program is to be told."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an edit is made."""

    settings: Settings
    config: Path
    countries: Mapping[str, Country]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is said of one edit."""

    path: Path
    change: Made
    edited: Edited
    way: Way
    effect: Effect | None
    """What it changes for the world; None if that is not wanted."""

    def show(self) -> None:
        """Say what would change; of programs, only to standard error."""
        for problem in self.change.before.errors:
            complain(f"warning: it had this error before: {problem.at(self.path)}")
        if not self.way.as_json:
            self._show_change()
        change, console = self.change, make_console(stderr=True)
        problems = (*change.errors, *change.warnings)
        show_problems(console, self.path, change.after.text, problems)

    def _show_change(self) -> None:
        console = make_console()
        if self.way.dry_run:
            print_diff(str(self.path), self.change)
        else:
            print_lines(console, str(self.path), self.change)
        for note in self.edited.notes:
            console.print(cell(note), soft_wrap=True)
        if self.effect is not None:
            show_effect(console, self.effect)

    def end(self, *, kept: Path | None = None) -> int:
        """Say what came of it; return the exit code."""
        if self.way.as_json:
            print_report(self._report(kept))
        elif kept:
            click.echo(f"Written; the version before is kept as {kept}.")
        if self.change.errors:
            complain("nothing was written, since the list would not be taken like this")
        if kept and self.change.before.errors:
            complain("warning: the list is not in force, as long as it has errors")
        return CANNOT_TELL if self.change.errors else GOOD

    def _report(self, kept: Path | None) -> Report:
        return Report(
            file=str(self.path),
            written=kept is not None,
            lines=self.change.lines,
            notes=self.edited.notes,
            errors=tuple(one.at(self.path) for one in self.change.errors),
            warnings=tuple(one.at(self.path) for one in self.change.warnings),
            diff=diff_of(str(self.path), self.change),
            kept=str(kept) if kept else None,
            preview=Raw(document(self.effect).encode()) if self.effect else None,
            about=self.way.about,
        )


def change_list(config: Path, edit: Edit, way: Way) -> int:
    """Change the list of a settings file, as `run` does.

    Raises:
        SettingsError: the settings cannot be used.

    """
    advise_own_files(config)
    return run(read_settings(config), config, edit, way)


def run(settings: Settings, config: Path, edit: Edit, way: Way) -> int:
    """Change the list, or say what would change; return the exit code.

    An edit that brings errors is shown and refused. Errors that the list has
    elsewhere are told, and do not hinder it.

    Args:
        settings: Which list it is.
        config: The settings file.
        edit: What to make of it.
        way: How.

    Raises:
        ListError: the list cannot be read or written.
        click.ClickException: there is a question, and no terminal to ask it on.

    """
    path, countries = settings.list_file, load_countries()
    place = _Place(settings, config, countries)
    if way.dry_run:
        # That needs neither the right to write nor the lock.
        desk = _desk(place, load(path, countries=countries), edit, way)
        desk.show()
        return desk.end()
    with Held(path, patience=_PATIENCE) as held:
        before = parse(decode(path, held.content), None, countries=countries)
        desk = _desk(place, before, edit, way)
        desk.show()
        if desk.change.errors or not desk.change.lines:
            return desk.end()
        for remark in held.remarks:
            complain(f"note: {remark}")
        if way.question and not _agreed(way):
            click.echo("Nothing was written.")
            return FINDINGS
        held.replace(desk.edited.text.encode())
        return desk.end(kept=held.kept)


def _desk(place: _Place, before: Loaded, edit: Edit, way: Way) -> _Desk:
    path, edited = place.settings.list_file, edit(before)
    after = parse(edited.text, before.list.dated, countries=place.countries)
    facts = facts_of([before, after], place.countries, place.config, place.settings)
    change = made(path, before, after, facts)
    effect = None
    if way.preview and change.lines and not change.errors:
        effect = effect_of(place.settings, place.config, before.list, after.list)
    return _Desk(path, change, edited, way, effect)


def _agreed(way: Way) -> bool:
    if way.as_json:
        message = "With --json nothing is asked: give --yes to write it."
        raise click.ClickException(message)
    return consent(way.question)
