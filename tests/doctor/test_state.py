"""How folders that are written are judged."""

from dataclasses import replace

import pytest

from mirrorsel.doctor.finding import Finding
from mirrorsel.doctor.state import Folder, States, judge_state

MEBIBYTE = 2**20
STATE = Folder(
    path="/i/state",
    wanted=True,
    exists=True,
    owner="checker",
    writer="checker",
    kind="ext4",
    free=10_000 * MEBIBYTE,
)
GOOD = States(
    state=STATE,
    counters=replace(STATE, path="/i/counters", wanted=False),
    published="/i/state/published/mirrors.list",
    is_published=True,
    begun=True,
)


def judged(seen: States, code: str) -> Finding:
    """Return the finding of a code."""
    return next(one for one in judge_state(seen) if one.code == code)


def test_good_folders() -> None:
    """All is well."""
    assert {"ok"} == {one.level for one in judge_state(GOOD)}


@pytest.mark.parametrize(
    ("more", "level"),
    [
        pytest.param({"free": 512 * MEBIBYTE}, "ok", id="enough"),
        pytest.param({"free": 511 * MEBIBYTE}, "warn", id="little"),
        pytest.param({"free": 31 * MEBIBYTE}, "fail", id="none"),
        pytest.param({"files": 999}, "warn", id="few files"),
        pytest.param({"files": 0}, "fail", id="no files"),
    ],
)
def test_space(more: dict[str, int], level: str) -> None:
    """The checker replaces files whole, and so needs room for two of each."""
    seen = replace(GOOD, state=replace(STATE, **more))  # type: ignore[arg-type] # ints

    assert level == judged(seen, "space").level


@pytest.mark.parametrize(("kind", "level"), [("tmpfs", "warn"), ("xfs", "ok")])
def test_what_lasts(kind: str, level: str) -> None:
    """A file system in memory loses what is known of mirrors."""
    seen = replace(GOOD, state=replace(STATE, kind=kind))

    assert level == judged(seen, "volatile").level


@pytest.mark.parametrize(
    ("exists", "level"), [pytest.param(False, "fail"), pytest.param(None, "unseen")]
)
def test_a_state_folder_is_needed(exists: bool | None, level: str) -> None:  # noqa: FBT001 - a column
    """It is told how to make it, or who could see it."""
    one = judged(replace(GOOD, state=replace(STATE, exists=exists)), "state")

    assert level == one.level
    assert one.remedy in (
        "install --directory --owner=checker /i/state",
        "run the doctor as root",
    )


def test_nothing_is_published_before_the_first_cycle() -> None:
    """Then that is no finding."""
    seen = replace(GOOD, is_published=False, begun=False)

    assert "published" not in {one.code for one in judge_state(seen)}
