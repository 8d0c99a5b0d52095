"""Countries and numbers in messages."""

from collections.abc import Collection, Mapping

from mirrorsel.model import Country

_MOST_NAMED = 3


def country_named(code: str, countries: Mapping[str, Country]) -> str:
    """Return the name of a country with its code, or the code alone."""
    known = countries.get(code)
    return f"{known.name} ({code})" if known else f"`{code}`"


def countries_named(codes: Collection[str], countries: Mapping[str, Country]) -> str:
    """Return the names of the first few countries, and how many more there are."""
    names = [country_named(one, countries) for one in list(codes)[:_MOST_NAMED]]
    more = len(codes) - len(names)
    if more > 0:
        return f"{', '.join(names)} and {more} more"
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
