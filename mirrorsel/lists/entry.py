"""From the words of one line to a mirror, or to all that is wrong with them."""

import re
from collections.abc import Callable, Container, Iterable
from typing import Any, TypeVar

from mirrorsel.errors import Problem, hint
from mirrorsel.lists.line import BACKUP
from mirrorsel.lists.options import OPTIONS, read_country
from mirrorsel.lists.times import instant
from mirrorsel.lists.urls import KINDS, read_url
from mirrorsel.lists.words import LineError, Word, in_ticks
from mirrorsel.model import Coordinates, Kind, Mirror, Scope

T = TypeVar("T")

_FEWEST = 3
_OPTION = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_-]*)=(?P<value>.*)")
_EPOCH = re.compile(r"[0-9]+")
_LONGEST_EPOCH = 12


class EntryReader:
    """Reads one line and collects its problems."""

    __slots__ = ("_countries", "_fields", "_line", "_options", "problems")

    def __init__(self, line: int, countries: Container[str] | None) -> None:
        self.problems: list[Problem] = []
        self._line = line
        self._countries = countries
        self._fields: dict[str, Any] = {"line": line}
        self._options: dict[str, Word] = {}

    def read(self, words: tuple[Word, ...]) -> Mirror | None:
        """Return the mirror, None if the line has an error."""
        if len(words) < _FEWEST:
            last = words[-1]
            message = "a line needs a type, a country or Backup, and a URL"
            self._report("too-few-fields", message, last.column + len(last.text))
            return None
        self._read_place(*words[:_FEWEST])
        self._read_rest(words[_FEWEST:])
        if self._options:
            self._check_options()
        if all(problem.warning for problem in self.problems):
            return Mirror(**self._fields)
        return None

    def _read_place(self, kind: Word, country: Word, url: Word) -> None:
        self._fields["kind"] = self._try(_read_kind, kind)
        self._read_country(country)
        self._fields["url"] = self._try(read_url, url, self._fields["kind"])
        if self._fields["url"] and not url.text.endswith("/"):
            message = "a final `/` was added to the URL"
            self._warn("missing-slash", message, url.column)

    def _read_country(self, word: Word) -> None:
        if word.text.capitalize() == BACKUP:
            self._fields["backup"] = True
            return
        code = self._try(_read_country, word)
        self._fields["country"] = code
        if code and self._countries is not None and code not in self._countries:
            message = f"no country has the code `{code}`"
            self._warn("unknown-country", message, word.column)

    def _read_rest(self, words: Iterable[Word]) -> None:
        plain: list[Word] = []
        for word in words:
            if option := _OPTION.fullmatch(word.text):
                self._read_option(word, option["name"], option["value"])
            elif self._options or word.text.lower() in OPTIONS:
                self._report_plain(word)
            else:
                plain.append(word)
        if plain and _EPOCH.fullmatch(plain[0].text):
            self._read_published(*plain)
        elif plain:
            self._read_contact(*plain)

    def _read_published(self, epoch: Word, *more: Word) -> None:
        if epoch.text.strip("0"):
            absurd = len(epoch.text) > _LONGEST_EPOCH
            stamp = None if absurd else instant(int(epoch.text))
            self._fields["stamp"] = stamp
            if stamp is None:
                message = "the epoch is not a time in seconds; it was ignored"
                self._warn("not-an-epoch", message, epoch.column)
        for name, word in zip(("logo", "link"), more, strict=False):
            self._fields[name] = word.text
        for word in more[2:]:
            self._report_plain(word)

    def _read_contact(self, contact: Word, *more: Word) -> None:
        # Addresses may be several, or follow a name: parted by blanks they are one
        # contact; but a word without an address is more likely a mistaken option.
        addresses = [word for word in more if "@" in word.text]
        text = " ".join(word.text for word in (contact, *addresses))
        self._fields["contact"] = None if text == "-" else text
        for word in more:
            if "@" not in word.text:
                self._report_plain(word)

    def _read_option(self, word: Word, name: str, value: str) -> None:
        if name not in OPTIONS:
            meant = hint(name.lower(), OPTIONS)
            message = f"unknown option {in_ticks(name)}{meant}"
            self._report("unknown-option", message, word.column)
        elif name in self._options:
            self._report("repeated-option", f"`{name}` is given twice", word.column)
        else:
            self._options[name] = word
            self._fields[name] = self._try(_read_value, word, name, value)

    def _check_options(self) -> None:
        fields, options = self._fields, self._options
        for one, other in (("lat", "lon"), ("lon", "lat")):
            if one in options and other not in options:
                message = f"`{one}` needs `{other}` beside it"
                self._report("half-a-place", message, options[one].column)
        latitude, longitude = fields.pop("lat", None), fields.pop("lon", None)
        if latitude is not None and longitude is not None:
            place = Coordinates(latitude=latitude, longitude=longitude)
            fields["coordinates"] = place
        fields["prefixes"] = fields.pop("prefix", ())
        if fields.get("ipv4") is False and fields.get("ipv6") is False:
            message = "`ipv4` and `ipv6` cannot both be `no`; use `disabled`"
            self._report("no-ip-family", message, options["ipv6"].column)
        self._check_scopes(fields.get("only") or frozenset())

    def _check_scopes(self, scopes: frozenset[Scope]) -> None:
        if Scope.AS in scopes and "asn" not in self._options:
            column = self._options["only"].column
            self._report("scope-without-asn", "`only=as` needs `asn`", column)
        for scope in sorted(scopes - {Scope.AS}):
            if "backup" in self._fields:
                message = f"`only={scope}` needs a country, which Backup is not"
                column = self._options["only"].column
                self._report("scope-without-country", message, column)

    def _try(self, read: Callable[..., T], word: Word, *more: object) -> T | None:
        try:
            return read(word, *more)
        except LineError as error:
            self.problems.append(error.on(self._line))
            return None

    def _report_plain(self, word: Word) -> None:
        meant = hint(word.text.lower(), OPTIONS, "=")
        shown = in_ticks(word.text)
        message = f"{shown} is no option, which would be `name=value`{meant}"
        self._report("not-an-option", message, word.column)

    def _warn(self, code: str, message: str, column: int) -> None:
        self._report(code, message, column, warning=True)

    def _report(
        self, code: str, message: str, column: int, *, warning: bool = False
    ) -> None:
        self.problems.append(
            Problem(
                message=message,
                line=self._line,
                column=column,
                warning=warning,
                code=code,
            )
        )


def _read_kind(word: Word) -> Kind:
    kind = KINDS.get(word.text.lower())
    if kind is None:
        meant = hint(word.text.lower(), KINDS)
        message = f"unknown type {in_ticks(word.text)}, not http, ftp or rsync{meant}"
        raise LineError(message, word.column, code="unknown-type")
    return kind


def _read_country(word: Word) -> str:
    try:
        return read_country(word.text)
    except ValueError as error:
        meant = hint(word.text.capitalize(), {BACKUP})
        message = f"{in_ticks(word.text)} is no country code of two letters{meant}"
        raise LineError(message, word.column, code="not-a-country") from error


def _read_value(word: Word, name: str, value: str) -> object:
    try:
        return OPTIONS[name].read(value)
    except ValueError as error:
        option = OPTIONS[name]
        message = f"`{name}` must be {option.syntax}, as in `{option.example}`"
        column = word.column + len(name) + 1
        raise LineError(message, column, code="wrong-value") from error
