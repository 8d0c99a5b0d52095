"""Lists as people write them: with comments, quotes, tabs and any ends of lines."""

from hypothesis import strategies as st

from mirrorsel.lists.line import quoted

VALUES = {
    "asn": ("AS680", "7", "as4294967295"),
    "weight": ("1", "100", "0200", "10000"),
    "max_share": ("1", "20%", "33.3%", "100"),
    "prefix": ("httpd", "httpd,tomcat/tomcat-11/", "a b", "#x", 'a"b'),
    "refuses": ("fr", "GB,be"),
    "disabled": ("disk full", "later", 'says "no"', "#1", "a\\b", " padded "),
    "ipv6": ("no", "yes"),
    "lat": ("50.1", "-0.5"),
    "lon": ("8", "+179.999999999999"),
}
"""Some values of most options, as they are written but for quotes."""
CONTACTS = ("joe@example.de", "Joe Admin <joe@example.de>", "-", "#7", "a\\b c@d", "")
COUNTRIES = ("de", "DE", "gb", "uk", "fr", "zz")
SCHEMES = (("http", "http"), ("HTTP", "https"), ("https", "https"), ("ftp", "FTP"))
GAPS = st.sampled_from([" ", "  ", "    ", "\t", "\t\t", " \t", "       "])
COMMENTS = st.sampled_from(["", "# plain", "#", '# "open', "#\ttab  \x07 bell", "# é"])
ENDS = st.sampled_from(["", " ", "\t", "\r", "  \r"])


@st.composite
def words(draw: st.DrawFn, text: str) -> str:
    """Write a word plainly, or in quotes though it needs none."""
    plain = quoted(text)
    if plain.startswith('"') or "\\" in text or not draw(st.booleans()):
        return plain
    return f'"{text}"' if draw(st.booleans()) else f'{text[:1]}"{text[1:]}"'


@st.composite
def fourths(draw: st.DrawFn) -> list[str]:
    """Write a contact, an epoch with URLs, or nothing."""
    match draw(st.integers(0, 3)):
        case 0:
            return []
        case 1:
            epoch = draw(st.sampled_from(["0", "1523922540", "1523922540000"]))
            more = [draw(words(one)) for one in ("http://logo/", "https://link/")]
            return [epoch, *more[: draw(st.integers(0, 2))]]
        case 2:
            return ["one@example.de,", "two@example.de"]
    return [draw(words(draw(st.sampled_from(CONTACTS))))]


@st.composite
def options(draw: st.DrawFn) -> list[str]:
    """Write some options in any order, places with both of their coordinates."""
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=4))
    if {"lat", "lon"} & set(names):
        names = [*(one for one in names if one not in {"lat", "lon"}), "lon", "lat"]
    chosen = [(name, draw(st.sampled_from(VALUES[name]))) for name in names]
    return [f"{name}={draw(words(value))}" for name, value in chosen]


@st.composite
def mirror_lines(draw: st.DrawFn) -> str:
    """Write a line that holds a mirror of a few URLs."""
    kind, scheme = draw(st.sampled_from(SCHEMES))
    host, path = draw(st.sampled_from("abcde")), draw(st.sampled_from(["", "/", "/p/"]))
    country = draw(st.sampled_from([*COUNTRIES, "Backup"]))
    url = draw(words(f"{scheme}://{host}.example{path}"))
    written = [kind, country, url, *draw(fourths()), *draw(options())]
    line = draw(st.sampled_from(["", "", " "])) + written[0]
    for word in written[1:]:
        line += draw(GAPS) + word
    comment = draw(COMMENTS)
    return line + (draw(GAPS) + comment if comment else "") + draw(ENDS)


@st.composite
def other_lines(draw: st.DrawFn) -> str:
    """Write a line without a mirror, which may be an error."""
    return draw(COMMENTS) + draw(ENDS)


BROKEN = st.sampled_from(["http de", "http de x://y/", 'http de "http://a', "no"])


@st.composite
def texts(draw: st.DrawFn, *, broken: bool = False) -> str:
    """Write a list with one mirror at least."""
    others = [other_lines(), BROKEN] if broken else [other_lines()]
    lines = draw(st.lists(st.one_of(mirror_lines(), mirror_lines(), *others)))
    lines.insert(draw(st.integers(0, len(lines))), draw(mirror_lines()))
    head = draw(st.sampled_from(["", "# date : Wed Sep  2 09:49:53 2015 [UTC]\n"]))
    end = draw(st.sampled_from(["", "http de http://half"])) if broken else ""
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return mark + head + "".join(f"{one}\n" for one in lines) + end
