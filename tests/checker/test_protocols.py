"""Whole probes of mirrors that speak FTP or rsync, by real servers."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.checker import Prober
from mirrorsel.checker.sample import Sample
from mirrorsel.model import Health, Kind, Mirror, Outcome, ProbeResult
from mirrorsel.net import Limits, Span
from tests import ftp, rsync
from tests.probing import STAMP, Fixed, attempts, sample

_LIMITS = Limits(timeout=5, deadline=10, private_addresses=True)
_SMALL = b"small file"
_LARGE = bytes(range(256)) * 1000
_PART = Span(100_000, 16384)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the tree of a mirror."""
    root = tmp_path_factory.mktemp("tree")
    (root / "zzz").mkdir()
    (root / STAMP).write_text(f"{int(time.time())} mirror\n")
    (root / "small").write_bytes(_SMALL)
    (root / "large").write_bytes(_LARGE)
    return root


@pytest.fixture(scope="module", params=[Kind.FTP, Kind.RSYNC])
def mirror(
    request: pytest.FixtureRequest,
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Mirror]:
    """Run a mirror of each kind."""
    if request.param is Kind.FTP:
        with ftp.good_server(folder) as url:
            yield Mirror(url=url, kind=Kind.FTP)
    else:
        with rsync.daemon(folder, tmp_path_factory.mktemp("work")) as url:
            yield Mirror(url=f"{url}mod/", kind=Kind.RSYNC)


def probe(mirror: Mirror, wanted: Sample | None = None) -> ProbeResult:
    """Probe a mirror, with what it must have."""
    prober = Prober(stamp=STAMP, limits=_LIMITS, samples=Fixed(wanted))
    return prober(mirror, Health())


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(None, id="stamp-alone"),
        pytest.param(sample("small", _SMALL), id="small"),
        pytest.param(sample("large", _LARGE, _PART), id="large"),
        pytest.param(sample("large", _LARGE, Span(0, 16384)), id="large-beginning"),
    ],
)
def test_a_good_mirror(mirror: Mirror, wanted: Sample | None) -> None:
    """A mirror is good by its stamp and the file that is compared."""
    result = probe(mirror, wanted)

    assert (Outcome.OK, "") == (result.outcome, result.detail)
    assert [(4, Outcome.OK)] == attempts(result)
    assert result.stamp is not None


@pytest.mark.parametrize(
    ("wanted", "outcome"),
    [
        pytest.param(sample("none", _SMALL), Outcome.MISSING, id="missing"),
        pytest.param(sample("small", b"SMALL FILE"), Outcome.BAD_HASH, id="other"),
        pytest.param(sample("small", _SMALL + b"!"), Outcome.BAD_SIZE, id="short"),
        pytest.param(sample("small", _SMALL[:-1]), Outcome.BAD_SIZE, id="long"),
        pytest.param(
            sample("small", _LARGE, _PART), Outcome.BAD_SIZE, id="cut-before-part"
        ),
        pytest.param(
            sample("large", _LARGE + b"!", _PART), Outcome.BAD_SIZE, id="large-short"
        ),
    ],
)
def test_a_mirror_with_another_file(
    mirror: Mirror, wanted: Sample, outcome: Outcome
) -> None:
    """What differs from the published file is told in what way it does."""
    result = probe(mirror, wanted)

    assert outcome is result.outcome
    assert wanted.path in result.detail


def test_a_mirror_without_a_stamp(mirror: Mirror) -> None:
    """A base that leads elsewhere is no good mirror."""
    result = probe(replace(mirror, url=f"{mirror.url}zzz/"))

    assert Outcome.STATUS is result.outcome
    assert [(4, Outcome.STATUS)] == attempts(result)
