"""Scopes and refusals that leave nobody to be served."""

from collections.abc import Iterator

from mirrorsel.errors import Problem
from mirrorsel.lint.code import Code
from mirrorsel.lint.named import countries_named
from mirrorsel.lint.subject import Subject
from mirrorsel.model import Mirror, Scope

NOBODY = Code(
    name="nobody-served",
    what="`only` and `refuses` of a mirror together leave no client.",
    why="The mirror is probed and listed, and nobody ever gets it.",
    mend="Widen `only`, or remove the country from `refuses`; take a mirror out of"
    ' service with `disabled="…"`.',
    needs="countries",
)
NO_DATABASE = Code(
    name="no-asn-database",
    what="A mirror has `only=as`, and the settings name no ASN database.",
    why="No client's autonomous system is known, so that nobody ever gets the mirror.",
    mend="Set `geoip.asn_database`, or remove the scope.",
    needs="asn_database",
)
UNSERVED = Code(
    name="unserved-country",
    what="There are countries whose clients every mirror refuses, or leaves out of its"
    " scope.",
    why="They get a Backup, however many mirrors are up.",
    mend="Let a mirror near to them serve them.",
    needs="countries",
)
NO_MIRROR = Code(
    name="no-serving-mirror",
    what="No mirror takes redirects: all are disabled, Backup, `ftp` or `rsync`.",
    why="All clients get a Backup.",
    mend="List a mirror by http or https, or put one back into service.",
)

CODES = (NOBODY, NO_DATABASE, UNSERVED, NO_MIRROR)


def scopes(subject: Subject) -> Iterator[Problem]:
    """Find the mirrors that nobody can get."""
    facts = subject.facts
    for one in subject.mirrors:
        word = subject.option(one, "only") if one.only else None
        if word is None or one.disabled is not None:
            continue
        if Scope.AS in one.only and facts.asn_database is False:
            message = "no client's system is known: the settings name no ASN database"
            yield NO_DATABASE.at(message, one.line, word.column)
        elif facts.countries and not _clients(subject, one):
            message = f"`{word.text}` leaves no client that the mirror serves"
            yield NOBODY.at(message, one.line, word.column)


def reach(subject: Subject) -> Iterator[Problem]:
    """Find the clients that can get no mirror; for a list without errors."""
    if not subject.serving:
        yield NO_MIRROR.at("no mirror takes redirects; all clients get a Backup")
        return
    facts = subject.facts
    unserved = subject.populated
    for one in subject.serving:
        if not unserved:
            return
        unserved -= frozenset() if Scope.AS in one.only else _clients(subject, one)
    if unserved:
        ordered = sorted(unserved, key=lambda code: facts.countries[code].name)
        named = countries_named(ordered, facts.countries)
        yield UNSERVED.at(f"no mirror serves clients of {named}; they get a Backup")


def _clients(subject: Subject, mirror: Mirror) -> frozenset[str]:
    """Return the countries of which a mirror may serve clients."""
    countries = subject.facts.countries
    if Scope.COUNTRY in mirror.only:
        served = subject.populated & {mirror.country or ""}
    elif Scope.CONTINENT in mirror.only:
        home = countries.get(mirror.country or "")
        served = frozenset(
            code
            for code in subject.populated
            if home is not None and countries[code].continent == home.continent
        )
    else:
        served = subject.populated
    return served - mirror.refuses
