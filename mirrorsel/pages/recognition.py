"""Whether a file is a download page."""

import re

_USE = re.compile(
    rb"\[(?:preferred|(?:for|if-any) +(?:http|ftp|backup|logo))(?: [^\[\]]*)?\]"
)


def is_download_page(text: bytes) -> bool:
    """Return whether a file prints a mirror, or has a block for mirrors or a logo.

    Other uses do not count: ``[link]`` or ``[location]`` occur in any prose.
    """
    return _USE.search(text) is not None
