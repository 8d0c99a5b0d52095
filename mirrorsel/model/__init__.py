"""The frozen values that all rooms speak in.

Each has one lifetime: what the operator wrote (`Mirror`), what probes saw
(`Health`), what one request found (`Candidate`) are three types.
Times are aware and in UTC, durations are seconds, distances kilometres.
"""

from mirrorsel.model.country import Country, iso_country, listed_country
from mirrorsel.model.health import Caution, Drift, Health, Reach, Snapshot, Spot, State
from mirrorsel.model.mirror import (
    HIGHEST_WEIGHT,
    USUAL_WEIGHT,
    Kind,
    Mirror,
    MirrorList,
    Scope,
)
from mirrorsel.model.paths import joined
from mirrorsel.model.place import Coordinates, Location
from mirrorsel.model.probe import Attempt, Certificate, Outcome, ProbeResult
from mirrorsel.model.request import (
    Candidate,
    Client,
    How,
    Rank,
    Reason,
    Rejection,
    RingBound,
    Selection,
)
from mirrorsel.model.scan import LastScan, WholeScan
from mirrorsel.model.tree import Listing, Pieces, Presence, PublishedFile, Totals
from mirrorsel.model.unix import moment_of

__all__ = [
    "HIGHEST_WEIGHT",
    "USUAL_WEIGHT",
    "Attempt",
    "Candidate",
    "Caution",
    "Certificate",
    "Client",
    "Coordinates",
    "Country",
    "Drift",
    "Health",
    "How",
    "Kind",
    "LastScan",
    "Listing",
    "Location",
    "Mirror",
    "MirrorList",
    "Outcome",
    "Pieces",
    "Presence",
    "ProbeResult",
    "PublishedFile",
    "Rank",
    "Reach",
    "Reason",
    "Rejection",
    "RingBound",
    "Scope",
    "Selection",
    "Snapshot",
    "Spot",
    "State",
    "Totals",
    "WholeScan",
    "iso_country",
    "joined",
    "listed_country",
    "moment_of",
]
