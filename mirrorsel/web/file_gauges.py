"""How the index of published files and the scans of mirrors stand, as metrics."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice

from prometheus_client.core import Metric

from mirrorsel.model import LastScan, WholeScan
from mirrorsel.state.indexed import Indexed
from mirrorsel.web.gauges import Values, gauge
from mirrorsel.web.past import Past
from mirrorsel.web.realm import Realm

PRESENCES = ("held", "missing", "wrong_size")
"""What a published file may be on a mirror."""

_MOST_REASONS = 20


def file_families(realm: Realm, past: Past, now: datetime) -> Iterator[Metric]:
    """Yield what is known of published files; nothing where they are not indexed."""
    if realm.sources.settings.tree.index == "off":
        return
    if past.indexed is not None:
        yield from _index_families(past.indexed, now)
    known = past.scans or {}
    listed = {
        one.url: known[one.url]
        for one in realm.sources.mirrors.mirrors
        if one.disabled is None and one.url in known
    }
    yield from _scan_families(listed, now)
    yield gauge(
        "mirrorsel_mirror_waits",
        "Whether a mirror was out, and serves no indexed file before its next scan.",
        {(url,): url in realm.waiting for url in listed},
        "mirror",
    )


def _index_families(indexed: Indexed, now: datetime) -> Iterator[Metric]:
    yield gauge(
        "mirrorsel_index_failing",
        "Whether the last round of indexing failed.",
        {(): bool(indexed.problem)},
    )
    if indexed.ended is None:
        return
    age = (now - indexed.ended).total_seconds()
    for name, (about, value) in {
        "age_seconds": (
            "How long ago all of the published tree was last looked at.",
            age,
        ),
        "seconds": ("How long that took.", indexed.seconds),
        "files": ("Published files in the index.", indexed.files),
        "bytes": ("Their size in all.", indexed.bytes),
        "disputed_files": (
            "Files that published hash files contradict.",
            indexed.disputed,
        ),
        "loss": (
            "Whether most files are gone, so that all are kept for now.",
            indexed.lost is not None,
        ),
    }.items():
        yield gauge(f"mirrorsel_index_{name}", about, {(): value})
    yield _left_out(indexed)


def _left_out(indexed: Indexed) -> Metric:
    # The file is another account's, which must not decide how many series there are.
    reasons = islice(sorted(indexed.left_out.items()), _MOST_REASONS)
    return gauge(
        "mirrorsel_index_left_out",
        "What of the tree is not in the index, by reason.",
        {(reason,): count for reason, count in reasons},
        "reason",
    )


def _scan_families(scans: Mapping[str, LastScan], now: datetime) -> Iterator[Metric]:
    whole = {url: last.whole for url, last in scans.items() if last.whole}
    yield gauge(
        "mirrorsel_mirror_files",
        "Published files, by what the last whole scan of a mirror saw of them.",
        _presences(whole),
        "mirror",
        "presence",
    )
    yield gauge(
        "mirrorsel_mirror_scan_age_seconds",
        "How long ago the last whole scan of a mirror began.",
        {(url,): now.timestamp() - one.at for url, one in whole.items()},
        "mirror",
    )
    yield gauge(
        "mirrorsel_mirror_scan_seconds",
        "How long the last whole scan of a mirror took.",
        {(url,): one.seconds for url, one in whole.items()},
        "mirror",
    )
    yield gauge(
        "mirrorsel_mirror_scan_failures",
        "How many scans of a mirror have failed since the last whole one.",
        {(url,): one.failures for url, one in scans.items()},
        "mirror",
    )


def _presences(whole: Mapping[str, WholeScan]) -> Values:
    return {
        (url, presence): count
        for url, one in whole.items()
        for presence, count in zip(
            PRESENCES, (one.held, one.missing, one.wrong), strict=True
        )
    }
