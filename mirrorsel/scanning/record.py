"""How a scan went, as it is kept."""

from mirrorsel.errors import FetchError
from mirrorsel.model import LastScan, WholeScan
from mirrorsel.scanning.scan import Scan, UnscannableError


def last_scan(scan: Scan, ended: float, seconds: float) -> LastScan:
    """Return what is kept of a whole scan.

    Args:
        scan: What it saw.
        ended: When it ended, in seconds of Unix time.
        seconds: How long it took.

    """
    matched, took = scan.matched, round(seconds, 3)
    whole = WholeScan(
        at=scan.at,
        seconds=took,
        protocol=scan.protocol,
        folders=scan.folders,
        unlisted=len(scan.unlisted),
        listed=scan.listed,
        held=matched.held,
        missing=matched.missing,
        wrong=matched.wrong,
    )
    return LastScan(ended=ended, seconds=took, whole=whole)


def failed_scan(
    error: BaseException, ended: float, seconds: float, before: LastScan | None
) -> LastScan:
    """Return what is kept of a scan that failed, and of those before it.

    Args:
        error: Why it failed.
        ended: When it ended, in seconds of Unix time.
        seconds: How long it took.
        before: How the scan before it went; None if there was none.

    """
    outcome, detail = "defect", type(error).__name__
    if isinstance(error, FetchError):
        outcome, detail = error.outcome, error.detail
    return LastScan(
        ended=ended,
        seconds=round(seconds, 3),
        failures=1 + (before.failures if before else 0),
        outcome=outcome,
        detail=detail,
        unscannable=isinstance(error, UnscannableError),
        whole=before.whole if before else None,
    )
