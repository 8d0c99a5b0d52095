"""The page of one mirror."""

from collections.abc import Iterator, Mapping, Sequence

from mirrorsel.health import Change, Mark
from mirrorsel.model import Attempt, Outcome, ProbeResult
from mirrorsel.pages import Item, Value
from mirrorsel.status import (
    Holding,
    MirrorStatus,
    Rules,
    Standing,
    StatusReport,
    decided,
    headline,
    plain_words,
    reason,
    rules_in_words,
)
from mirrorsel.web.status.marks import bar, day_in_words, in_words
from mirrorsel.web.status.words import (
    NONE,
    WORDS,
    changed,
    clock,
    family,
    iso,
    left,
    percent,
)
from mirrorsel.web.styled import described
from mirrorsel.words import age, span, took

_MOST = 100
"""How many probes the page shows."""
_HEADLINES = {
    Standing.UP: "This mirror is up.",
    Standing.STALE: "This mirror answers, but its files are too old.",
    Standing.UNKNOWN: "It is not known yet how this mirror is.",
    Standing.DOWN: "This mirror is down.",
    Standing.DISABLED: "This mirror is out of service.",
}


def mirror_values(
    row: MirrorStatus,
    report: StatusReport,
    rules: Rules,
    probes: Sequence[ProbeResult],
) -> dict[str, Value]:
    """Return what the template of the page prints.

    Args:
        row: The mirror.
        report: The report that it is of.
        rules: By which rules it is judged.
        probes: Its last probes, oldest first.

    """
    shown = tuple(reversed(probes))[:_MOST]
    return _now(row, report, rules) | {
        "bar": bar(row.days),
        "past": _past(row),
        "bad": [
            day_in_words(one)
            for one in reversed(row.days)
            if one.mark in {Mark.DOWN, Mark.STALE}
        ],
        "changes": [_change(one) for one in reversed(row.changes)],
        "number": len(shown),
        "probes": [_probe(one) for one in shown],
        "rules": rules_in_words(rules),
    }


def _now(row: MirrorStatus, report: StatusReport, rules: Rules) -> dict[str, Value]:
    """Return what the template prints of the present."""
    return {
        "slug": row.slug,
        "host": row.host,
        "url": row.url,
        "country": row.country_name,
        "state": str(row.standing),
        "word": WORDS[row.standing],
        "headline": _HEADLINES[row.standing],
        "story": row.story,
        "remedy": row.remedy,
        "last": _last(row, report),
        "again": span(rules.slowest) if _waits(row) else "",
        "notes": list(headline(report, rules)[1:]),
        "warnings": [one.text for one in row.warnings],
        "facts": described(_facts(row, report)),
    }


def _last(row: MirrorStatus, report: StatusReport) -> str:
    """Return when it was probed last, and how that ended."""
    if row.checked is None or row.standing is Standing.DISABLED:
        return ""
    ended = "got all that it asked for"
    if row.outcome is not Outcome.OK:
        ended = f"ended so: {row.reason}"
    return f"The last probe, {age(row.checked, report.now)} ago, {ended}."


def _waits(row: MirrorStatus) -> bool:
    """Return whether a mirror comes back by itself when it is mended."""
    return row.standing is Standing.DOWN and not row.quarantine


def _past(row: MirrorStatus) -> str:
    first, last = row.days[0].date, row.days[-1].date
    return f"{first:%d %b} to {last:%d %b}: {in_words(row.days)}."


def _facts(row: MirrorStatus, report: StatusReport) -> Iterator[tuple[str, str]]:
    now = report.now
    if row.checked:
        yield "Last probe", f"{clock(row.checked)} UTC, {age(row.checked, now)} ago"
    if row.outcome:
        yield "Result", row.reason
    if row.stamp:
        behind = "" if row.behind is None else f", {span(row.behind)} behind the origin"
        yield "Freshness stamp", f"{clock(row.stamp)} UTC{behind}"
    if shown := row.certificate:
        more = f"for {left(row, now)} more" if shown.expiry > now else "not any more"
        issuer = f"; issued by {shown.issuer}" if shown.issuer else ""
        yield "Certificate", f"until {clock(shown.expiry)} UTC, {more}{issuer}"
    if row.pace is not None:
        yield "Answers in", f"{took(row.pace)} on average"
    yield "IPv4", family(row.ipv4)
    yield "IPv6", family(row.ipv6)
    if row.share is not None:
        yield "Share of downloads", percent(row.share)
    if row.holding is not None:
        yield from _files(row.holding, report)
    if report.vantage:
        yield "Seen from", report.vantage


def _files(holding: Holding, report: StatusReport) -> Iterator[tuple[str, str]]:
    """Yield what is known of the published files there."""
    if holding.scanned is None:
        yield "Published files", "not known, so that it counts as having all"
    else:
        at, ago = clock(holding.scanned), age(holding.scanned, report.now)
        yield "Published files", _held(holding)
        yield "Last whole scan", f"{at} UTC, {ago} ago, by {holding.protocol}"
    if holding.waits:
        yield "Waits", "for a scan, as it was out; until then it serves no such file"
    if holding.failed is not None:
        ago = age(holding.failed, report.now)
        yield (
            "Failed scan",
            f"{clock(holding.failed)} UTC, {ago} ago: {holding.failure}",
        )


def _held(holding: Holding) -> str:
    words = f"has {holding.held:,} of {holding.carried:,}"
    if holding.missing:
        words += f", lacks {holding.missing:,}"
    if holding.wrong:
        words += f", has {holding.wrong:,} in another size"
    return words


def _change(change: Change) -> Item:
    before, after = changed(change)
    return Item(
        text=clock(change.at),
        attributes={
            "at": iso(change.at),
            "before": before,
            "after": after,
            "why": decided(change),
        },
    )


def _probe(probe: ProbeResult) -> Item:
    tried = {one.family: one for one in probe.attempts}
    return Item(
        text=f"{probe.at:%Y-%m-%d %H:%M:%S}",
        attributes={
            "at": iso(probe.at),
            "failed": "" if probe.outcome is Outcome.OK else "failed",
            "result": reason(probe.outcome, probe.detail, probe.url),
            "ipv4": _tried(tried, 4, probe.url),
            "ipv6": _tried(tried, 6, probe.url),
            "took": took(probe.seconds),
            "stamp": clock(probe.stamp),
            "sample": plain_words(probe.sample) or NONE,
        },
    )


def _tried(tried: Mapping[int, Attempt], number: int, url: str) -> str:
    one = tried.get(number)
    return NONE if one is None else reason(one.outcome, "", url)
