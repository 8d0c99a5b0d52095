"""One setting: its default, its check and its sentence, together in one place.

A section of the settings file is a frozen dataclass whose fields are made by
`setting`; the reader, the documentation and its test are made from them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeVar

from mirrorsel.hostname import is_host, is_port, split_server
from mirrorsel.model import listed_country

T = TypeVar("T")

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SIZES = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)([KMGT]iB)")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)([smhd])")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
# A mailbox of RFC 5321, section 4.1.2, without quoted names; the host apart.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_MAILBOX = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9.-]{{1,253}}")
# The characters of RFC 3986, section 2, without a user name, query or fragment.
_BASE_URL = re.compile(
    r"https?://(?P<server>[^/]+)"
    r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:/\[\]-]|%[0-9A-Fa-f]{2})*)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser(Generic[T]):
    """How a TOML value becomes the value of a setting."""

    syntax: str
    """What is right, as it stands behind "must be"."""
    parse: Callable[[object], T]
    """Return the value; raise ValueError where the TOML value cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known of one setting besides its name and type."""

    parser: Parser[Any]
    default: object
    """As it would stand in the file."""
    description: str
    """One sentence or a few, in Markdown."""
    restart: bool
    """Whether a change counts only after a restart of httpd or the checker."""


def setting(
    parser: Parser[T], default: object, description: str, *, restart: bool = False
) -> T:
    """Return a dataclass field that is a setting."""
    about = Setting(
        parser=parser, default=default, description=description, restart=restart
    )
    # Typed as its default, as `field` itself is, so that class bodies type-check.
    made: T = field(default=parser.parse(default), metadata={"setting": about})
    return made


def settings_of(section: type) -> dict[str, Setting]:
    """Return the settings of a section by name, in the order of the class."""
    return {
        one.name: one.metadata["setting"]
        for one in fields(section)
        if "setting" in one.metadata
    }


def text() -> Parser[str]:
    """Accept any string."""
    return Parser(syntax="a string", parse=_text)


def flag() -> Parser[bool]:
    """Accept true or false."""
    return Parser(syntax="`true` or `false`", parse=_flag)


def whole(low: int, high: int) -> Parser[int]:
    """Accept a whole number from `low` to `high`."""
    return Parser(
        syntax=f"a whole number from {low} to {high}",
        parse=lambda value: int(_between(value, low, high, int)),
    )


def number(low: float, high: float) -> Parser[float]:
    """Accept a number from `low` to `high`."""
    return Parser(
        syntax=f"a number from {low:g} to {high:g}",
        parse=lambda value: _between(value, low, high, float),
    )


def duration(low: float, high: float) -> Parser[float]:
    """Accept a duration such as "90s", "5m", "24h" or "2d"; return seconds."""

    def parse(value: object) -> float:
        match = _DURATION.fullmatch(_text(value))
        if match is None:
            raise ValueError
        return _between(float(match[1]) * _UNITS[match[2]], low, high, float)

    span = f"{spell(low)} to {spell(high)}"
    return Parser(syntax=f'a duration like `"90s"` or `"24h"`, {span}', parse=parse)


def spell(seconds: float) -> str:
    """Return a duration as it stands in the file: 5400 gives "90m"."""
    for unit in ("d", "h", "m"):
        if seconds and seconds % _UNITS[unit] == 0:
            return f"{seconds / _UNITS[unit]:.0f}{unit}"
    return f"{seconds:f}".rstrip("0").rstrip(".") + "s"


def size(low: int, high: int) -> Parser[int]:
    """Accept a size such as "512KiB", "16MiB" or "1.5GiB"; return bytes."""

    def parse(value: object) -> int:
        match = _SIZE.fullmatch(_text(value))
        if match is None:
            raise ValueError
        return int(_between(float(match[1]) * _SIZES[match[2]], low, high, float))

    span = f"{spell_size(low)} to {spell_size(high)}"
    return Parser(syntax=f'a size like `"512KiB"` or `"16MiB"`, {span}', parse=parse)


def size_or_none(low: int, high: int) -> Parser[int]:
    """Accept a size, as `size` does, or 0 for none."""
    some = size(low, high)

    def parse(value: object) -> int:
        return 0 if type(value) is int and value == 0 else some.parse(value)

    return Parser(syntax=f"{some.syntax}, or `0`", parse=parse)


def spell_size(count: int) -> str:
    """Return a size as it stands in the file: 16777216 gives "16MiB"."""
    for unit in ("TiB", "GiB", "MiB"):
        if count and count % _SIZES[unit] == 0:
            return f"{count // _SIZES[unit]}{unit}"
    return f"{count / _SIZES['KiB']:f}".rstrip("0").rstrip(".") + "KiB"


def base_url() -> Parser[str]:
    """Accept an http or https URL; a missing final slash is added."""
    return Parser(syntax="an http or https URL", parse=_base_url)


def base_urls() -> Parser[tuple[str, ...]]:
    """Accept a list of http or https URLs, as `base_url` does."""
    return Parser(
        syntax="a list of http or https URLs",
        parse=lambda value: tuple(_base_url(one) for one in _texts(value)),
    )


def trackers() -> Parser[tuple[str, ...]]:
    """Accept a list of URLs of BitTorrent trackers: http, https or udp."""
    return Parser(
        syntax="a list of http, https or udp URLs",
        parse=lambda value: tuple(_tracker(one) for one in _texts(value)),
    )


def web_url() -> Parser[str]:
    """Accept an http or https URL without a user name, or nothing."""
    return Parser(syntax="an http or https URL", parse=_web_url)


def page_url() -> Parser[str]:
    """Accept an http or https URL, as `base_url` does, or nothing."""
    return Parser(
        syntax="an http or https URL",
        parse=lambda value: _base_url(value) if value != "" else "",
    )


def host() -> Parser[str]:
    """Accept a name or an address of a server, an IPv6 one in brackets, or nothing."""
    return Parser(syntax="the name or address of a host", parse=_host)


def choice(*words: str) -> Parser[str]:
    """Accept one of a few words."""

    def parse(value: object) -> str:
        if value not in words:
            raise ValueError
        return str(value)

    return Parser(syntax=" or ".join(f'`"{one}"`' for one in words), parse=parse)


def mailbox() -> Parser[str]:
    """Accept a mail address, or nothing."""
    return Parser(syntax="a mail address", parse=_mailbox)


def mailboxes() -> Parser[tuple[str, ...]]:
    """Accept a list of mail addresses."""
    return Parser(
        syntax="a list of mail addresses",
        parse=lambda value: tuple(_some_mailbox(one) for one in _texts(value)),
    )


def is_mailbox(text: str) -> bool:
    """Return whether a text is one mail address, in ASCII and without a name."""
    return bool(_MAILBOX.fullmatch(text)) and is_host(text.rpartition("@")[2])


def texts() -> Parser[tuple[str, ...]]:
    """Accept a list of strings."""
    return Parser(syntax="a list of strings", parse=_texts)


def country() -> Parser[str]:
    """Accept a country code of two letters or nothing; `gb` becomes `uk`."""
    return Parser(syntax="a country code of two letters", parse=_country)


def places() -> Parser[tuple[str, ...]]:
    """Accept a list of country codes, as `country` does, and of base URLs."""
    return Parser(
        syntax="a list of country codes of two letters and of http or https URLs",
        parse=lambda value: tuple(_place(one) for one in _texts(value)),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError  # noqa: TRY004 - one type says "wrong value" to the reader
    return value


def _between(
    value: object, low: float, high: float, kind: type[int] | type[float]
) -> float:
    kinds = (int,) if kind is int else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds):
        raise ValueError  # noqa: TRY004 - as above
    if not low <= value <= high:
        raise ValueError
    return kind(value)


def _base_url(value: object) -> str:
    url = _text(value)
    parts = _BASE_URL.fullmatch(url)
    server = split_server(parts["server"]) if parts else None
    if server is None or not is_host(server[0]):
        raise ValueError
    if server[1] is not None and not is_port(server[1]):
        raise ValueError
    return url if url.endswith("/") else f"{url}/"


def _web_url(value: object) -> str:
    url = _text(value)
    if url:
        # What is checked is the server; the rest is whatever its owner gave out.
        scheme, slashes, rest = url.partition("://")
        server = re.split(r"[/?#]", rest, maxsplit=1)[0]
        if " " in url or "\\" in url or "#" in url:
            raise ValueError
        _base_url(f"{scheme}{slashes}{server}/")
    return url


def _tracker(url: str) -> str:
    # BEP 15: a tracker by UDP has a URL like one by HTTP.
    if not _web_url(re.sub(r"\Audp://", "http://", url)):
        raise ValueError
    return url


def _mailbox(value: object) -> str:
    address = _text(value)
    if address and not is_mailbox(address):
        raise ValueError
    return address


def _some_mailbox(value: object) -> str:
    address = _mailbox(value)
    if not address:
        raise ValueError
    return address


def _host(value: object) -> str:
    host = _text(value)
    if host and not is_host(host):
        raise ValueError
    return host


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError  # noqa: TRY004 - as above
    return tuple(_text(one) for one in value)


def _country(value: object) -> str:
    code = _text(value)
    if code and not _COUNTRY.fullmatch(code):
        raise ValueError
    return listed_country(code)


def _place(text: str) -> str:
    return _country(text) if _COUNTRY.fullmatch(text) else _base_url(text)
