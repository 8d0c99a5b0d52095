"""A share before and after, as a bar on a terminal."""

from rich.console import Console
from rich.text import Text

_WIDTH = 16
_NARROW = 100
"""With fewer columns the room is needed for words."""


def share_bar(console: Console, before: float, after: float, most: float) -> Text:
    """Return a bar of what stays, what is gained and what is lost, each its own sign.

    Args:
        console: Where it is to be shown; but for a wide terminal, it is empty.
        before: The share as it was.
        after: The share as it will be.
        most: The share of the longest bar; 0 for no bars.

    """
    if not most or not console.is_terminal or console.width < _NARROW:
        return Text()
    kept, whole = (
        round(_WIDTH * share / most)
        for share in (min(before, after), max(before, after))
    )
    signs = "█▒" if console.encoding.lower().startswith("utf") else "#+"
    loses = "░" if signs[0] == "█" else "-"
    bar = Text(signs[0] * kept)
    if after >= before:
        bar.append(signs[1] * (whole - kept), "green")
    else:
        bar.append(loses * (whole - kept), "red")
    return bar
