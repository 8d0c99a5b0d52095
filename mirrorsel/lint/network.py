"""What the addresses of mirrors say of their lines."""

from collections.abc import Iterable, Iterator

from mirrorsel.errors import Problem
from mirrorsel.lint.code import Code
from mirrorsel.lint.facts import HostFacts
from mirrorsel.lint.named import countries_named, country_named
from mirrorsel.lint.overseas import with_parts
from mirrorsel.lint.subject import Subject
from mirrorsel.lists.canonical import canonical
from mirrorsel.model import Mirror

ELSEWHERE = Code(
    name="country-elsewhere",
    what="By GeoIP, all addresses of a mirror are in other countries.",
    why="The mirror is chosen for clients of the country that the list names.",
    mend="Ask the mirror's people. GeoIP may be wrong, and the addresses of a network"
    " of caches are where its owner is: then silence this with that as the reason.",
    needs="hosts",
)
NO_ADDRESS = Code(
    name="no-address",
    what="The host of a mirror has no address in the DNS.",
    why="Nobody can reach it, and each probe of it fails.",
    mend="Mend the name, or remove the mirror.",
    needs="hosts",
)

CODES = (ELSEWHERE, NO_ADDRESS)


def hosts_of(mirrors: Iterable[Mirror]) -> tuple[str, ...]:
    """Return the hosts of which it is worth knowing the addresses, each once."""
    wanted = (canonical(one.url).host for one in mirrors if one.disabled is None)
    return tuple(dict.fromkeys(wanted))


def network(subject: Subject) -> Iterator[Problem]:
    """Find the mirrors that are not where the list says."""
    for one in subject.mirrors if subject.facts.hosts else ():
        found = subject.facts.hosts.get(canonical(one.url).host)
        if found is None or one.disabled is not None:
            continue
        if found.failure:
            message = f"the host has no address: {found.failure}"
            yield NO_ADDRESS.at(message, one.line, subject.url_column(one))
        elif told := _elsewhere(subject, one, found):
            yield ELSEWHERE.at(told, one.line, subject.country(one).column)


def _elsewhere(subject: Subject, mirror: Mirror, found: HostFacts) -> str:
    """Return what GeoIP says, where it is another country; else nothing."""
    places = [place for _, place in found.places]
    if mirror.country is None or not places or None in places:
        return ""
    codes = sorted({one for one in places if one is not None})
    if any(_are_related(one, mirror.country) for one in codes):
        return ""
    named = countries_named(codes, subject.facts.countries)
    listed = country_named(mirror.country, subject.facts.countries)
    return f"GeoIP places {found.places[0][0]} in {named}, and not in {listed}"


def _are_related(one: str, other: str) -> bool:
    return one in with_parts(other) or other in with_parts(one)
