"""The report for programs; `schema.json` describes it."""

from typing import Any

from mirrorsel.health import Mark
from mirrorsel.model import Certificate
from mirrorsel.status import Day, Holding, MirrorStatus, Standing, StatusReport
from mirrorsel.web.json import json_time

FORMAT = 1
"""Counts up when a program that knows an older form would misread a newer one."""

_PLACES = 6


def document(report: StatusReport) -> dict[str, Any]:
    """Return a report as JSON has it."""
    counts = report.counts
    return {
        "format": FORMAT,
        "taken": json_time(report.taken),
        "vantage": report.vantage,
        "frozen_since": json_time(report.frozen_since),
        "origin_stamp": json_time(report.origin_stamp),
        "counts": {str(one): counts[one] for one in Standing},
        "mirrors": [_mirror(one) for one in report.mirrors],
    }


def _mirror(row: MirrorStatus) -> dict[str, Any]:
    return {
        "url": row.url,
        "host": row.host,
        "page": f"/mirrors/at/{row.slug}/",
        "kind": str(row.kind),
        "country": row.country,
        "backup": row.backup,
        "state": str(row.standing),
        "since": json_time(row.since),
        "checked": json_time(row.checked),
        "outcome": row.outcome and str(row.outcome),
        "reason": row.reason,
        "stamp": json_time(row.stamp),
        "behind": None if row.behind is None else round(row.behind),
        "share": None if row.share is None else round(row.share, _PLACES),
        "certificate": row.certificate and _certificate(row.certificate),
        "seconds": None if row.pace is None else round(row.pace, 3),
        "ipv4": row.ipv4,
        "ipv6": row.ipv6,
        "warnings": [
            {"code": str(one.caution), "text": one.text} for one in row.warnings
        ],
        "quarantine": row.quarantine,
        "days": [_day(one) for one in row.days if one.mark is not Mark.UNSEEN],
        **({} if row.holding is None else {"files": _files(row.holding)}),
    }


def _certificate(shown: Certificate) -> dict[str, Any]:
    return {"expiry": json_time(shown.expiry), "issuer": shown.issuer}


def _files(holding: Holding) -> dict[str, Any]:
    known = holding.scanned is not None
    return {
        "scanned": json_time(holding.scanned),
        "protocol": holding.protocol or None,
        "held": holding.held if known else None,
        "missing": holding.missing if known else None,
        "wrong_size": holding.wrong if known else None,
        "waits": holding.waits,
        "failed": json_time(holding.failed),
        "failure": holding.failure,
    }


def _day(day: Day) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "worst": day.mark.name.lower(),
        "hours": day.bad,
    }
