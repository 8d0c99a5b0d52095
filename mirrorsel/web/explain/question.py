"""What somebody wants to have explained."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qsl

from mirrorsel.errors import MirrorselError
from mirrorsel.web.target import is_canonical

NAMES = ("client", "path", "https", "ipv6", "json")
_LONGEST_ADDRESS = 64
_FLAGS = {"1": True, "0": False}
NO_TARGET = (
    "is not the canonical name of a file below a mirror: it must have no leading"
    " slash, no empty, `.` or `..` segment, no scheme, backslash or control character"
)
NO_ADDRESS = "is no IP address"


class QuestionError(MirrorselError):
    """A question that cannot be asked; its text is a sentence without what was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which file, for whom."""

    address: str
    target: str
    https: bool = False
    ipv6: bool = False
    """Whether the client comes by IPv6, whatever its address."""

    @classmethod
    def of(cls, query: str, address: str, *, https: bool) -> "Question":
        """Read a query string; without `client`, it is about the asker.

        Args:
            query: The query string.
            address: Whence the asker comes.
            https: Whether the asker comes by https.

        Raises:
            QuestionError: a parameter is unknown, stands twice or cannot be.

        """
        values = _values(query)
        client, target = values.get("client", ""), values.get("path", "")
        if client and not is_address(client):
            raise QuestionError(f"The parameter `client` {NO_ADDRESS}")
        if not is_canonical(target):
            raise QuestionError(f"The parameter `path` {NO_TARGET}")
        return cls(
            address=client or address,
            target=target,
            https=_flag(values, "https", default=https and not client),
            ipv6=_flag(values, "ipv6", default=False),
        )


def is_address(text: str) -> bool:
    """Return whether a text is an IPv4 or IPv6 address, without a zone."""
    if len(text) > _LONGEST_ADDRESS or "%" in text:
        return False
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _values(query: str) -> Mapping[str, str]:
    try:
        pairs = parse_qsl(
            query,
            keep_blank_values=True,
            errors="surrogateescape",
            max_num_fields=len(NAMES),
        )
    except ValueError as error:
        raise QuestionError(f"Too many parameters: {_known()}") from error
    values = dict(pairs)
    if len(values) < len(pairs):
        raise QuestionError("A parameter stands twice")
    if values.keys() - set(NAMES):
        raise QuestionError(f"An unknown parameter: {_known()}")
    return values


def _flag(values: Mapping[str, str], name: str, *, default: bool) -> bool:
    if name not in values:
        return default
    if values[name] not in _FLAGS:
        raise QuestionError(f"The parameter `{name}` must be 1 or 0")
    return _FLAGS[values[name]]


def _known() -> str:
    return f"there are {', '.join(f'`{name}`' for name in NAMES)}"
