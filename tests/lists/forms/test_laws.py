"""Laws that hold for every form."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from mirrorsel.lists.forms.fields import (
    ATTRIBUTES,
    PLURALS,
    Field,
    restricted,
    value_of,
)
from mirrorsel.lists.forms.form import Form, Listing
from mirrorsel.lists.forms.losses import lost_by
from mirrorsel.lists.forms.table import FORMS
from mirrorsel.model import Health, Kind, Mirror, MirrorList, Snapshot, State
from tests.lists.forms.making import LISTS, distinct, ordinary, unnumbered

NOW = datetime(2026, 11, 23, tzinfo=UTC)
FEW = settings(max_examples=30)
FORM = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
EXACT = pytest.mark.parametrize("name", ["csv", "json"])


def seen(mirrors: MirrorList) -> Listing:
    """Return a list of which every mirror has been seen, with the stamp it gives."""
    health = {
        one.url: Health(state=State.UP, stamp=one.stamp, checked=NOW)
        for one in mirrors.mirrors
    }
    return Listing(mirrors=mirrors, snapshot=Snapshot(taken=NOW, health=health))


def back(form: Form, mirrors: MirrorList) -> tuple[Mirror, ...]:
    """Return what comes back of a list."""
    written = form.written(seen(mirrors))
    return tuple(map(unnumbered, form.kept(written)))


def is_held(form: Form, mirror: Mirror) -> bool:
    """Return whether the table of a form says that it has a place for a mirror."""
    return (
        (mirror.disabled is None or Field.DISABLED in form.holds)
        and (not mirror.backup or Field.BACKUP in form.holds)
        and (mirror.kind is Kind.HTTP or Field.ALONE in form.holds)
    )


@EXACT
@given(mirrors=LISTS)
def test_everything_is_kept(name: str, mirrors: MirrorList) -> None:
    """CSV and JSON hold all that a list can say of mirrors, and their order."""
    assert back(FORMS[name], mirrors) == mirrors.mirrors


@FORM
@FEW
@given(mirrors=LISTS.map(ordinary))
def test_what_the_table_says_is_kept(form: Form, mirrors: MirrorList) -> None:
    """Each mirror comes back with all that its form holds, and with nothing else."""
    came = {one.url: one for one in back(form, mirrors)}
    kept = [one for one in mirrors.mirrors if one.url in came]
    fits = [one for one in mirrors.mirrors if is_held(form, one)]
    expected = [restricted(one, form.holds) for one in kept]
    found = [came[one.url] for one in kept]
    if Field.STATE in form.holds:
        # A mirror that shows no stamp is told with the date of the list.
        found = [
            now if before.stamp else replace(now, stamp=None)
            for before, now in zip(kept, found, strict=True)
        ]

    assert expected == found
    assert [one.url for one in fits] == [one.url for one in kept if one in fits]
    assert len(came) == len(kept)


@FORM
@FEW
@given(mirrors=LISTS.map(distinct))
def test_what_is_lost_is_said(form: Form, mirrors: MirrorList) -> None:
    """Of whatever a form has no place for, it is said of how many it was left out."""
    listing = seen(mirrors)
    written = form.written(listing)
    lost = lost_by(form, listing, written)
    gone = [url for one in lost.mirrors for url in one.whose]
    kept = [one for one in mirrors.mirrors if one.url not in gone]
    expected = [
        f"does not hold {PLURALS[field]}: {count} left out"
        for field in ATTRIBUTES
        if field not in form.holds
        and (count := sum(value_of(one, field) is not None for one in kept))
    ]

    assert len(form.kept(written)) + len(gone) == len(mirrors.mirrors)
    assert [one for one in expected if one not in "\n".join(lost.fields)] == []


@FORM
@FEW
@given(mirrors=LISTS)
def test_silence_means_that_all_is_there(form: Form, mirrors: MirrorList) -> None:
    """Where nothing is said to be lost, what comes back is what there was."""
    listing = seen(mirrors)
    lost = lost_by(form, listing, form.written(listing))
    if lost.mirrors or lost.fields:
        return
    came = back(form, mirrors)
    if Field.STATE in form.holds:
        came = tuple(replace(one, stamp=None) for one in came)
        listed = tuple(replace(one, stamp=None) for one in mirrors.mirrors)
    else:
        listed = mirrors.mirrors

    assert sorted(listed, key=str) == sorted(came, key=str)
