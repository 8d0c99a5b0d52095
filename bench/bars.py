"""Whether figures reach what they have to."""

from collections.abc import Sequence


def single(asked: str, found: str, *, reached: bool) -> str:
    """Return what stands below a table of which one figure counts."""
    return f"Asked: {asked}; {'reached' if reached else 'MISSED'} with {found}."


def verdict(asked: str, missed: Sequence[str], checked: int) -> str:
    """Return what stands below a table that has bars.

    Args:
        asked: What the figures have to reach.
        missed: Where they do not.
        checked: How many were held against it.

    """
    if not checked:
        return f"**Bar:** {asked} Not measured in this run."
    if not missed:
        return f"**Bar:** {asked} **Reached** by all {checked}."
    return (
        f"**Bar:** {asked} **Missed** by {len(missed)} of {checked}:"
        f" {'; '.join(missed)}."
    )
