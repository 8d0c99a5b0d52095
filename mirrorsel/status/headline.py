"""How all mirrors are, in plain words."""

from mirrorsel.status.judged import Rules
from mirrorsel.status.row import Standing
from mirrorsel.status.value import StatusReport
from mirrorsel.words import age


def headline(report: StatusReport, rules: Rules) -> tuple[str, ...]:
    """Return what is to be said of the whole: first how many are up, then any trouble.

    Args:
        report: The report.
        rules: By which rules mirrors are judged.

    """
    taken = report.taken
    if not report.mirrors:
        return ("No mirrors are listed.",)
    if taken is None:
        return (
            f"{report.listed} mirrors are listed, and none has been checked yet.",
            "Until then downloads go to all of them.",
        )
    said = [_count(report)]
    if report.frozen_since is not None:
        said.append(
            "The checker has had no network of its own for"
            f" {age(report.frozen_since, report.now)}: what it knew before counts."
        )
    elif report.now - taken > rules.silent:
        said.append(
            f"The checker has been silent for {age(taken, report.now)}: what it knew"
            " then counts."
        )
    return tuple(said)


def _count(report: StatusReport) -> str:
    up = report.counts[Standing.UP]
    if up == report.listed:
        return "The mirror is up." if up == 1 else f"All {up} mirrors are up."
    return f"{up} of {report.listed} mirrors are up."
