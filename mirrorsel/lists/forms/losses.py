"""What a form could not keep of a list: the list held against what was written."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from mirrorsel.lists.forms.fields import ATTRIBUTES, PLURALS, Field, value_of
from mirrorsel.lists.forms.form import Form, Listing, Loss, Page
from mirrorsel.model import Coordinates, Kind, Mirror, MirrorList

_FEW = 3
_LONGEST = 60
_TWICE = "a URL twice, as a mirror of its country and as Backup"

Pairs = list[tuple[Mirror, Mirror]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """All that a form did not keep."""

    mirrors: tuple[Loss, ...]
    """Mirrors that were left out."""
    fields: tuple[str, ...]
    """What was left out of others, each as a sentence without a full stop."""


def lost_by(form: Form, listing: Listing, pages: tuple[Page, ...]) -> Lost:
    """Return what the files that a form has written of a list do not say.

    They are read back, so that this can neither forget nor invent anything.
    """
    mirrors = listing.mirrors.mirrors
    kept = form.kept(pages)
    pairs, missing = _paired(mirrors, kept)
    urls = {before.url for before, _ in pairs}
    return Lost(
        mirrors=tuple(_missing(form, missing, urls)),
        fields=(
            *(one for field in ATTRIBUTES for one in _of_field(form, field, pairs)),
            *_of_the_list(form, listing.mirrors, pairs, kept),
        ),
    )


def sentence(form: str, loss: Loss) -> str:
    """Return that a form does not hold something, with the mirrors where few.

    Args:
        form: What the form is called, as in `Form.about`.
        loss: What it does not hold.

    """
    if not loss.whose:
        return f"{form} does not hold {loss.what}"
    names = f": {', '.join(loss.whose)}" if len(loss.whose) <= _FEW else ""
    return f"{form} does not hold {loss.what}: {len(loss.whose)} left out{names}"


def _paired(
    mirrors: Iterable[Mirror], kept: tuple[Mirror, ...]
) -> tuple[Pairs, list[Mirror]]:
    """Return mirrors with what was kept of them, and those of which nothing was."""
    exact = {(one.url, one.backup): one for one in kept}
    places = {one.url: one for one in kept}
    pairs, missing = [], []
    taken: set[tuple[str, bool]] = set()
    for one in mirrors:
        found = exact.get((one.url, one.backup)) or places.get(one.url)
        if found is None or (found.url, found.backup) in taken:
            missing.append(one)
        else:
            taken.add((found.url, found.backup))
            pairs.append((one, found))
    return pairs, missing


def _missing(
    form: Form, missing: Iterable[Mirror], kept: Container[str]
) -> Iterator[Loss]:
    reasons: dict[str, list[str]] = {}
    for one in missing:
        reason = _reason(form, one, twice=one.url in kept)
        reasons.setdefault(reason, []).append(one.url)
    for reason, urls in reasons.items():
        yield Loss(what=reason, whose=tuple(urls))


def _reason(form: Form, mirror: Mirror, *, twice: bool) -> str:
    if mirror.disabled is not None and Field.DISABLED not in form.holds:
        return "mirrors out of service (disabled)"
    if mirror.backup and Field.BACKUP not in form.holds:
        return "mirrors of last resort (Backup)"
    if twice:
        return _TWICE
    if Field.STATE in form.holds and Field.COUNTRY not in form.holds:
        return "mirrors that were never probed"
    if mirror.kind is not Kind.HTTP and Field.ALONE not in form.holds:
        return "mirrors by ftp or rsync without one by http that is like them"
    return "mirrors with more text than a line takes"


def _of_field(form: Form, field: Field, pairs: Pairs) -> Iterator[str]:
    lost = [pair for pair in pairs if _is_lost(form, field, *pair)]
    if not lost:
        return
    if field not in form.holds:
        urls = tuple(before.url for before, _ in lost)
        yield sentence(form.about, Loss(what=PLURALS[field], whose=urls))
        return
    for before, _ in lost[:_FEW]:
        value = value_of(before, field)
        yield f"{form.about} cannot hold the {field} {_shown(value)} of {before.url}"
    if len(lost) > _FEW:
        yield f"{form.about} cannot hold {len(lost) - _FEW} more {PLURALS[field]}"


def _is_lost(form: Form, field: Field, before: Mirror, after: Mirror) -> bool:
    had, has = value_of(before, field), value_of(after, field)
    # What the checker saw takes the place of the stamp that the list gives.
    replaced = field is Field.STAMP and Field.STATE in form.holds
    return had is not None and had != has and not replaced


def _shown(value: object) -> str:
    if isinstance(value, Coordinates):
        return f"{value.latitude}, {value.longitude}"
    if isinstance(value, frozenset):
        return ",".join(sorted(value))
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _of_the_list(
    form: Form, mirrors: MirrorList, pairs: Pairs, kept: tuple[Mirror, ...]
) -> Iterator[str]:
    places = {id(one): place for place, one in enumerate(kept)}
    order = [places[id(after)] for _, after in pairs]
    if Field.ORDER not in form.holds and order != sorted(order):
        yield sentence(form.about, Loss(what="the order of the lines"))
    stamps = any(one.stamp for one in mirrors.mirrors)
    if Field.DATE not in form.holds and mirrors.dated and stamps:
        yield sentence(form.about, Loss(what="the date of the list"))
