"""From the text of a settings file to settings, or to all that is wrong with it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from mirrorsel.config.locating import geoip_contradictions
from mirrorsel.config.notification import contradictions
from mirrorsel.config.places import Places
from mirrorsel.config.published import tree_contradictions
from mirrorsel.config.sections import Settings, sections
from mirrorsel.errors import (
    MOST_PROBLEMS,
    Problem,
    SettingsError,
    first_problems,
    hint,
)
from mirrorsel.regular import MEBIBYTE, read_regular
from mirrorsel.selection.policy import Override
from mirrorsel.setting import Setting, settings_of

Section = TypeVar("Section")

_OVERRIDE = "override"
# How tomllib ends the message of a syntax error.
_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")


def read_settings(path: Path) -> Settings:
    """Read and check a settings file.

    Raises:
        SettingsError: it cannot be read, is not TOML, or has an unknown setting
            or a value that cannot be; all such places are named.

    """
    try:
        source = read_regular(path, largest=MEBIBYTE).decode("utf-8-sig")
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise SettingsError(path, Problem(message=message)) from error
    except UnicodeDecodeError as error:
        raise SettingsError(path, Problem(message="is not UTF-8 text")) from error
    document = _parse(path, source)
    reader = _Reader(Places(source))
    settings = reader.settings(document, path.parent)
    if reader.problems:
        raise SettingsError(path, *first_problems(reader.problems))
    return settings


def _parse(path: Path, source: str) -> dict[str, object]:
    try:
        return tomllib.loads(source)
    except ValueError as error:
        # Not all are TOMLDecodeErrors: a number with too many digits is none.
        raise SettingsError(path, _syntax_problem(str(error), source)) from error
    except RecursionError as error:
        problem = Problem(message="has too many brackets within brackets")
        raise SettingsError(path, problem) from error


def _syntax_problem(text: str, source: str) -> Problem:
    match = _PLACE.fullmatch(text)
    if match is None:
        return Problem(message=text)
    message, line, column = match.groups()
    last = source.rstrip("\n").count("\n") + 1
    return Problem(message=message, line=int(line or last), column=int(column or 0))


class _Reader:
    """Collects the problems of one document while it is read."""

    def __init__(self, places: Places) -> None:
        self.problems: list[Problem] = []
        self._places = places

    def settings(self, document: Mapping[str, object], folder: Path) -> Settings:
        known = sections()
        parts: dict[str, Any] = {}
        for name, content in document.items():
            if name not in known:
                self._unknown("section", name, known, name)
            elif not isinstance(content, dict):
                self._report(f"`{name}` must be a section: [{name}]", name)
            elif name == "selection":
                parts[name] = self._selection(known[name], content)
            else:
                parts[name] = self._section(known[name], content, name)
        settings = Settings(folder=folder, **parts)
        self._compare(settings)
        return settings

    def _compare(self, settings: Settings) -> None:
        # A setting that could not be read stands at its default, and would be
        # compared in vain.
        if self.problems:
            return
        if settings.health.fresh_within > settings.health.stale_after:
            message = "`fresh_within` must not be more than `stale_after`"
            self._report(message, "health.fresh_within")
        for section, found in {
            "notify": contradictions(settings.notify),
            "geoip": geoip_contradictions(settings.geoip),
            "tree": tree_contradictions(settings.tree),
        }.items():
            for name, message in found:
                self._report(message, f"{section}.{name}")

    def _selection(self, section: type[Section], content: dict[str, object]) -> Section:
        rules = content.pop(_OVERRIDE, [])
        table = f"selection.{_OVERRIDE}"
        if not isinstance(rules, list) or not all(
            isinstance(one, dict) for one in rules
        ):
            self._report(f"must be written as [[{table}]]", table)
            rules = []
        overrides = tuple(
            self._section(Override, rule, f"{table}.{number}")
            for number, rule in enumerate(rules)
        )
        return self._section(section, content, "selection", override=overrides)

    def _section(
        self,
        section: type[Section],
        content: Mapping[str, object],
        table: str,
        **more: object,
    ) -> Section:
        known = settings_of(section)
        values: dict[str, object] = dict(more)
        for name, value in content.items():
            if name in known:
                self._read(known[name], name, value, table, values)
            else:
                self._unknown("setting", name, known, f"{table}.{name}")
        return section(**values)

    def _read(
        self,
        about: Setting,
        name: str,
        value: object,
        table: str,
        values: dict[str, object],
    ) -> None:
        try:
            values[name] = about.parser.parse(value)
        except ValueError:
            self._report(f"`{name}` must be {about.parser.syntax}", f"{table}.{name}")

    def _unknown(self, what: str, name: str, known: Iterable[str], place: str) -> None:
        # The search for what was meant costs too much to be made without end.
        meant = "" if len(self.problems) > MOST_PROBLEMS else hint(name, known)
        self._report(f"unknown {what} `{name}`{meant}", place)

    def _report(self, message: str, place: str) -> None:
        line, column = self._places.find(place)
        self.problems.append(Problem(message=message, line=line, column=column))
