"""Parts of countries that have country codes of their own."""

from collections.abc import Mapping
from types import MappingProxyType

_PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "au": ("cc", "cx", "nf"),
        "cn": ("hk", "mo"),
        "dk": ("fo", "gl"),
        "fi": ("ax",),
        "fr": (
            *("bl", "gf", "gp", "mf", "mq", "nc", "pf", "pm", "re", "tf", "wf"),
            "yt",
        ),
        "il": ("ps",),
        "ma": ("eh",),
        "nl": ("aw", "bq", "cw", "sx"),
        "no": ("sj",),
        "nz": ("ck", "nu", "tk"),
        "rs": ("xk",),
        "uk": (
            *("ai", "bm", "fk", "gg", "gi", "gs", "im", "je", "ky", "ms", "pn"),
            *("sh", "tc", "vg"),
        ),
        "us": ("as", "gu", "mp", "pr", "vi"),
    }
)


def with_parts(country: str) -> tuple[str, ...]:
    """Return the code of a country with those under which parts of it may stand.

    Lists and databases differ in whether Réunion is France; no judgement on whose
    land is whose is meant, but one on what is no mistake in a list.
    """
    return (country, *_PARTS.get(country, ()))
