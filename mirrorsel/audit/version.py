"""The condition of IfVersion, for an httpd of which only "2.4" is known."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence

_RELEASE = (2, 4)
_PATCHES = range(200)
_COMPARE: Mapping[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    "=": operator.eq,
    "==": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,2}")


def is_met(arguments: Sequence[str]) -> bool:
    """Whether a condition is met, or could be by some httpd 2.4.

    Args:
        arguments: an operator, which may follow an exclamation mark, and a version.

    """
    sign = arguments[0] if arguments else ""
    compare = _COMPARE.get(sign.removeprefix("!"))
    written = arguments[1] if len(arguments) > 1 else ""
    if compare is None or not _NUMBER.fullmatch(written):
        return True
    major, minor, patch, *_ = (int(one) for one in f"{written}.0.0".split("."))
    wanted = (major, minor, patch)
    negated = sign.startswith("!")
    return any(compare((*_RELEASE, one), wanted) is not negated for one in _PATCHES)
