"""The page of all mirrors."""

from collections.abc import Iterable, Iterator

from mirrorsel.geo import Credit
from mirrorsel.health import Mark
from mirrorsel.model import Kind
from mirrorsel.pages import Item, Markup, Value
from mirrorsel.status import (
    Holding,
    MirrorStatus,
    Rules,
    Standing,
    StatusReport,
    headline,
    rules_in_words,
)
from mirrorsel.web.status.marks import bar, points
from mirrorsel.web.status.words import NONE, WORDS, iso, left, part_of, percent
from mirrorsel.web.status.world_map import count, world_map
from mirrorsel.words import age, span, took

_MOST = 1000
"""How many mirrors the page shows; their number must not decide what it costs."""


def index_values(report: StatusReport, rules: Rules) -> dict[str, Value]:
    """Return what the template of the page prints."""
    shown = report.mirrors[:_MOST]
    lead, *notes = headline(report, rules)
    found = report.counts
    counts = [count(found[one], str(one), WORDS[one]) for one in Standing if found[one]]
    return {
        "lead": lead,
        "notes": notes,
        "taken": iso(report.taken) if report.taken else "",
        "checked": age(report.taken, report.now) if report.taken else "",
        "vantage": report.vantage,
        "map": world_map(points(shown), counts),
        "counts": counts,
        "counted": "counted" if report.counted else "",
        "indexed": "indexed" if report.indexed else "",
        "mirrors": [_row(one, report) for one in shown],
        "more": f"{len(report.mirrors):,}" if len(shown) < len(report.mirrors) else "",
        "rules": rules_in_words(rules),
    }


def credit_values(credits_due: Iterable[Credit]) -> dict[str, Value]:
    """Return what the page prints for those whose databases place the clients."""
    return {
        "credits": [
            Item(text=one.name, attributes={"words": one.words, "url": one.url})
            for one in credits_due
        ]
    }


def _row(row: MirrorStatus, report: StatusReport) -> Item:
    bad = sum(one.bad * (2 if one.mark is Mark.DOWN else 1) for one in row.days)
    return Item(
        text=row.slug,
        attributes={
            "country": row.country_name,
            "host": row.host,
            "kind": "" if row.kind is Kind.HTTP else str(row.kind),
            "state": str(row.standing),
            "word": WORDS[row.standing],
            "bar": bar(row.days),
            "bad": bad,
            "families": _families(row),
            "remark": "; ".join(_remarks(row)),
            **_numbers(row, report),
        },
    )


def _numbers(row: MirrorStatus, report: StatusReport) -> dict[str, Value]:
    """Return the columns of numbers, each with what it is sorted by."""
    shown = row.certificate
    ends = shown and (shown.expiry - report.now).total_seconds()
    return {
        "behind": "" if row.behind is None else span(row.behind),
        "behind_k": "" if row.behind is None else f"{row.behind:.0f}",
        **_held(row.holding),
        "share": "" if row.share is None else percent(row.share),
        "share_k": "" if row.share is None else f"{row.share:.6f}",
        "ends": left(row, report.now),
        "ends_k": "" if ends is None else f"{ends:.0f}",
        "pace": "" if row.pace is None else took(row.pace),
        "pace_k": "" if row.pace is None else f"{row.pace:.3f}",
    }


def _held(holding: Holding | None) -> dict[str, Value]:
    """Return how much a mirror has of what it carries; empty where nobody knows."""
    if holding is None or holding.scanned is None:
        return {"files": "", "files_k": ""}
    part = holding.held / holding.carried if holding.carried else 1.0
    return {"files": part_of(part), "files_k": f"{part:.6f}"}


def _families(row: MirrorStatus) -> Markup:
    """Return over which families it answers; numbers only, so that all is markup."""
    told = ((4, row.ipv4), (6, row.ipv6))
    shown = (
        f"v{one}" if up else f"<s>v{one}</s>" for one, up in told if up is not None
    )
    return Markup(text=" ".join(shown) or NONE)


def _remarks(row: MirrorStatus) -> Iterator[str]:
    if row.standing not in {Standing.UP, Standing.STALE}:
        yield row.reason
    if row.standing is Standing.STALE and row.behind is not None:
        yield f"its files are {span(row.behind)} behind"
    if row.holding and row.holding.waits and row.standing is Standing.UP:
        yield "waits for a scan of its files"
    yield from (one.text for one in row.warnings)
