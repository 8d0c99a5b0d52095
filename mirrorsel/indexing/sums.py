"""The hashes in a published hash file, in all usual forms."""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Digits by algorithm; all others are passed over, also those of as many digits.
_DIGITS = {"sha256": 64, "sha2256": 64, "sha512": 128, "sha2512": 128}
_SIZES = frozenset(_DIGITS.values())
_MOST_DIGITS = max(_SIZES)
_HEX = r"[0-9A-Fa-f]"
_DIGEST = rf"(?P<hex>{_HEX}{{128}}|{_HEX}{{64}})"
_ALGORITHM = r"(?P<algorithm>[A-Za-z][A-Za-z0-9/_-]{1,15})"
_KNOWN = r"(?P<algorithm>(?i:sha|md|rmd|ripemd|blake)[0-9A-Za-z/_-]{1,12})"
_LONGEST = 4096
# Twice as many as the hashes that fit into the largest hash file, in their groups.
_MOST_LINES = 2**20
# What parts lines, as `str.splitlines` has it.
_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Each form is tried on one line; none begins or ends with a blank.
_FORMS = (
    # sha512sum and shasum; a blank and a star or so before the name.
    re.compile(rf"(?P<escaped>\\?){_DIGEST}[ \t]+[*?^]?(?P<name>[^ \t].*)"),
    # BSD, sha512sum --tag and openssl dgst.
    re.compile(rf"{_ALGORITHM}[ ]?\((?P<name>.+)\)[ ]?=[ ]?{_DIGEST}"),
    # The hash alone, or with the name of its algorithm.
    re.compile(rf"(?:{_KNOWN}[ ]?[:=][ ]?)?{_DIGEST}"),
    # The name first.
    re.compile(rf"(?P<name>\S*[^\s:])[ \t]+{_DIGEST}"),
)
# gpg --print-md: the name, perhaps an algorithm, then groups over several lines. Of
# two parts that follow each other only one takes blanks: else a line of blanks would
# be divided between them in all ways.
_GROUPED = re.compile(
    rf"(?P<name>.*):[ \t]*(?:{_ALGORITHM}[ ]=[ \t]*)?"
    rf"(?P<hex>(?:{_HEX}[0-9A-Fa-f \t]*)?)"
)
_MORE = re.compile(rf"(?:{_ALGORITHM}[ ]=[ \t]*)?(?P<hex>{_HEX}[0-9A-Fa-f \t]*)")
_LONE = re.compile(rf"(?<![0-9A-Za-z]){_DIGEST}(?![0-9A-Za-z])")
# certutil of Windows has a sentence in the place of the name.
_SENTENCE = re.compile(rf"{_KNOWN} hash of (?:file )?", re.IGNORECASE)
_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
_ARMOUR = "-----BEGIN PGP "
_ESCAPES = {r"\\": "\\", r"\n": "\n", r"\r": "\r"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A hash that is published."""

    name: str
    """Of its file, as it stands there; empty where none does."""
    digest: bytes


def read_sums(content: bytes) -> tuple[Sum, ...]:
    """Return the SHA-256 and SHA-512 hashes in a file.

    Where no line has a usual form, a hash that stands alone among other words counts
    as one without a name. A detached signature has none.
    """
    text = _text(content)
    if sum(map(text.count, _BREAKS)) > _MOST_LINES:
        # A file of nearly nothing but line ends would take minutes, and all memory.
        return ()
    lines = _unsigned(text.splitlines())
    found = tuple(_sums(lines))
    if found:
        return tuple(one for one in found if one.digest)
    alone = {one["hex"].lower() for line in lines for one in _LONE.finditer(line)}
    return (
        tuple(Sum("", bytes.fromhex(one)) for one in alone) if len(alone) == 1 else ()
    )


def _text(content: bytes) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, errors="replace")
    return content.decode(errors="surrogateescape")


def _unsigned(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of a text, without what a clear signature puts around them.

    See RFC 9580, section 7.
    """
    stripped = [one.rstrip() for one in lines if len(one) <= _LONGEST]
    if _SIGNED not in stripped:
        armoured = any(one.startswith(_ARMOUR) for one in stripped)
        return () if armoured else stripped
    start = stripped.index(_SIGNED)
    try:
        # Headers such as `Hash: SHA512` end with an empty line.
        start = stripped.index("", start)
        end = stripped.index(_SIGNATURE, start)
    except ValueError:
        return ()
    return [one.removeprefix("- ") for one in stripped[start:end]]


def _sums(lines: Sequence[str]) -> Iterator[Sum]:
    """Yield what stands on one line each, or in groups over several."""
    group = _Group()
    for line in map(str.strip, lines):
        if group.takes(line):
            continue
        yield from group.finish()
        found = _on_one_line(line)
        if found is not None:
            yield found
        else:
            group.begin(line)
    yield from group.finish()


def _on_one_line(line: str) -> Sum | None:
    for form in _FORMS:
        match = form.fullmatch(line)
        if match is not None:
            parts = match.groupdict()
            name = parts.get("name") or ""
            if parts.get("escaped"):
                name = re.sub(r"\\[\\nr]", lambda one: _ESCAPES[one[0]], name)
            return _sum(name, parts.get("algorithm"), parts["hex"])
    return None


class _Group:
    """A hash in groups of digits, as far as it was read."""

    def __init__(self) -> None:
        self._name: str | None = None
        self._algorithm: str | None = None
        self._digits = ""
        self._found: list[Sum] = []

    def begin(self, line: str) -> None:
        """Take a line with a name, or digits without one, for the first."""
        match = _GROUPED.fullmatch(line) or _MORE.fullmatch(line)
        if match is not None:
            name = match.groupdict().get("name") or ""
            self._name = _SENTENCE.sub("", name).strip()
            self._add(match)

    def takes(self, line: str) -> bool:
        """Take a line for the next, if there was a first one."""
        match = None if self._name is None else _MORE.fullmatch(line)
        if match is None:
            return False
        if match["algorithm"] and self._digits:
            # gpg --print-mds: another algorithm of the same file.
            self._keep()
        self._add(match)
        return True

    def finish(self) -> Iterator[Sum]:
        """Yield what has become of it."""
        self._keep()
        yield from self._found
        self._name, self._found = None, []

    def _add(self, match: re.Match[str]) -> None:
        self._algorithm = match["algorithm"] or self._algorithm
        # More digits than any hash has make none, however many there are.
        more = "".join(match["hex"].split())
        self._digits = (self._digits + more)[: _MOST_DIGITS + 1]

    def _keep(self) -> None:
        if self._name is not None:
            found = _sum(self._name, self._algorithm, self._digits)
            self._found += [found] if found else []
        self._digits, self._algorithm = "", None


def _sum(name: str, algorithm: str | None, digits: str) -> Sum | None:
    """Return a hash of one of the two algorithms, without a digest of another one.

    It is None where nothing tells that it is a hash.
    """
    if algorithm is not None:
        plain = algorithm.lower().replace("-", "").replace("_", "")
        if len(digits) != _DIGITS.get(plain):
            return Sum(name.strip(), b"")
    elif len(digits) not in _SIZES:
        return None
    return Sum(name.strip(), bytes.fromhex(digits))
