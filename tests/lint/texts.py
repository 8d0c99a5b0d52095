"""Texts that look like lists, more or less."""

from hypothesis import strategies as st

from mirrorsel.lint import CODES
from mirrorsel.lists.options import OPTIONS

_WORDS = st.one_of(
    st.sampled_from(["http", "https", "ftp", "rsync", "de", "GB", "zz", "Backup", "-"]),
    st.sampled_from(
        [
            "https://a.example/",
            "http://A.example:80/",
            "http://a.example/%61",
            "https://a.example/x/",
            "rsync://b.example",
            "http://[::1]/",
        ]
    ),
    st.sampled_from([option.example for option in OPTIONS.values()]),
    st.sampled_from(["prefix=a,a/b", "only=as,country", "refuses=de,de", "lat=1"]),
    st.sampled_from(["1523922540", "9999999999", "a@example.de", '"', "=", "\t", "\r"]),
    st.sampled_from(
        ["# lint: ignore[", "# lint: ignore-file[", "] why", "#", "# date :"]
    ),
    st.sampled_from(sorted(CODES)),
    st.text(max_size=8),
)
LINES = st.lists(_WORDS, max_size=10).map(" ".join)
TEXTS = st.one_of(st.text(), st.lists(LINES, max_size=8).map("\n".join))
"""Any text, and such as are made of what stands in lists."""

_OPTIONS = st.lists(
    st.sampled_from(
        [
            *("weight=5", "max_share=5", "prefix=a,a/b", "refuses=de,qq,de"),
            *("only=country,continent", "disabled=no", "lat=50 lon=8"),
        ]
    ),
    max_size=3,
    unique_by=lambda option: option.partition("=")[0],
).map(" ".join)
_GOOD = st.builds(
    "http {} {} {} {}".format,
    st.sampled_from(["de", "gb", "uk", "qq", "us", "Backup"]),
    st.sampled_from(["https://a.example/", "http://A.example", "http://b.example:80"]),
    st.sampled_from(["-", "3333333333", "a@example.de"]),
    _OPTIONS,
).filter(lambda line: not ("Backup" in line and "only" in line))
GOOD_LISTS = st.lists(_GOOD, min_size=1, max_size=8)
"""The lines of lists without an error, but with much to be warned of."""
