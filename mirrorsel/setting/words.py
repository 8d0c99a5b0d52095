"""Settings that are words: strings, choices, countries, true and false."""

import re

from mirrorsel.model import listed_country
from mirrorsel.setting.shape import Parser

_COUNTRY = re.compile(r"[A-Za-z]{2}")


def text() -> Parser[str]:
    """Accept any string."""
    return Parser(syntax="a string", parse=read_text)


def texts() -> Parser[tuple[str, ...]]:
    """Accept a list of strings."""
    return Parser(syntax="a list of strings", parse=read_texts)


def flag() -> Parser[bool]:
    """Accept true or false."""
    return Parser(syntax="`true` or `false`", parse=_flag)


def choice(*words: str) -> Parser[str]:
    """Accept one of a few words."""

    def parse(value: object) -> str:
        if value not in words:
            raise ValueError
        return str(value)

    return Parser(syntax=" or ".join(f'`"{one}"`' for one in words), parse=parse)


def country() -> Parser[str]:
    """Accept a country code of two letters or nothing; `gb` becomes `uk`."""
    return Parser(syntax="a country code of two letters", parse=read_country)


def read_text(value: object) -> str:
    """Return a string of printable characters; raise ValueError for anything else."""
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError
    return value


def read_texts(value: object) -> tuple[str, ...]:
    """Return a list of strings; raise ValueError for anything else."""
    if not isinstance(value, list | tuple):
        raise ValueError  # noqa: TRY004 - as below
    return tuple(read_text(one) for one in value)


def is_country(text: str) -> bool:
    """Return whether a text has the form of a country code."""
    return bool(_COUNTRY.fullmatch(text))


def read_country(value: object) -> str:
    """Return a country code as lists have it, or nothing; raise ValueError."""
    code = read_text(value)
    if code and not is_country(code):
        raise ValueError
    return listed_country(code)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError  # noqa: TRY004 - one type says "wrong value" to the reader
    return value
