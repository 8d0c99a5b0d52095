"""The report of the moment, made once for all who ask within half a minute."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from weakref import ref

from falcon import HTTPNotFound

from mirrorsel.health import History
from mirrorsel.model import LastScan
from mirrorsel.status import Known, MirrorStatus, Rules, StatusReport, report
from mirrorsel.web.past import Past
from mirrorsel.web.realm import Realm, Sources
from mirrorsel.web.shown import Holds

MAX_AGE = 30
"""For how many seconds an answer may be kept by whoever has asked."""
_NONE_YET: Mapping[str, LastScan] = MappingProxyType({})


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True)
class Edition:
    """A report, and all that it was made from."""

    sources: Sources
    """Not the realm: what that keeps for requests need not outlive it."""
    history: History | None
    scans: Mapping[str, LastScan] | None
    report: StatusReport
    rows: Mapping[str, MirrorStatus]
    """The mirrors of the report by their names in our own addresses."""

    @property
    def rules(self) -> Rules:
        """By which rules mirrors are judged."""
        settings = self.sources.settings
        return Rules(
            policy=settings.health,
            period=settings.checker.period,
            dead_period=settings.checker.dead_period,
        )


class Source:
    """Gives the edition of the moment.

    Several threads may use it: the worst that can happen is work done twice.
    """

    def __init__(
        self,
        realm: Callable[[], Realm],
        past: Callable[[], Past | None],
        shares: Callable[[], Mapping[str, float]],
        now: Callable[[], datetime],
    ) -> None:
        self._realm = realm
        self._past = past
        self._shares = shares
        self._now = now
        self._last: Edition | None = None

    @property
    def past(self) -> Past | None:
        """What the checker remembers, if anything is known of it."""
        return self._past()

    def edition(self) -> Edition:
        """Return the report of the moment.

        Raises:
            HTTPNotFound: the settings say that there is none.

        """
        realm, past = self._realm(), self._past()
        if not realm.sources.settings.web.status:
            raise HTTPNotFound
        moment = _begun(self._now())
        last = self._last
        if last is None or not _is_of(last, realm, past, moment):
            last = self._last = self._make(realm, past, moment)
        return last

    def holds(self, edition: Edition) -> Holds:
        """Return what tells whether an edition is the one of the moment."""
        # What is remembered of it must not keep all that it was made from.
        known = ref(edition)

        def holds() -> bool:
            last = known()
            now = _begun(self._now())
            return last is not None and _is_of(last, self._realm(), self._past(), now)

        return holds

    def _make(self, realm: Realm, past: Past | None, now: datetime) -> Edition:
        sources = realm.sources
        history = past.history if past else None
        scans = _scans(realm, past)
        known = Known(
            mirrors=sources.mirrors,
            snapshot=sources.snapshot,
            history=history,
            shares=self._shares(),
            policy=sources.settings.health,
            countries=realm.countries,
            scans=scans,
            waiting=realm.waiting,
        )
        made = report(known, now)
        return Edition(
            sources=sources,
            history=history,
            scans=scans,
            report=made,
            rows={one.slug: one for one in made.mirrors},
        )


def _is_of(edition: Edition, realm: Realm, past: Past | None, moment: datetime) -> bool:
    """Return whether an edition was made from this."""
    return (
        edition.report.now == moment
        and edition.sources is realm.sources
        and edition.history is (past.history if past else None)
        and edition.scans is _scans(realm, past)
    )


def _scans(realm: Realm, past: Past | None) -> Mapping[str, LastScan] | None:
    """Return how scans went; None where the settings want none."""
    if realm.sources.settings.tree.index == "off":
        return None
    return past.scans if past and past.scans is not None else _NONE_YET


def _begun(moment: datetime) -> datetime:
    """Return when the half minute of a moment began, the same in every process."""
    return datetime.fromtimestamp(moment.timestamp() // MAX_AGE * MAX_AGE, UTC)


def utc_now() -> datetime:
    """Return the present."""
    return datetime.now(UTC)
