"""All that is known of one mirror, printed for a person."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from rich.console import Console
from rich.text import Text

from mirrorsel.cli.layout import cell, make_console, print_rows
from mirrorsel.cli.located import Located, Whereabouts
from mirrorsel.cli.show_found import Shown
from mirrorsel.cli.standing import Row
from mirrorsel.cli.standing_shown import style_of
from mirrorsel.lists.line import option_texts
from mirrorsel.model import (
    Certificate,
    Coordinates,
    Country,
    Health,
    Mirror,
    Reach,
)
from mirrorsel.words import age, belief, last_probe, took, why

Facts = Iterator[tuple[str, Text]]


def print_shown(shown: Shown, countries: Mapping[str, Country], now: datetime) -> None:
    """Print the mirror: what the list says, the checker believes, GeoIP tells."""
    console = make_console()
    console.print(cell(shown.url, "bold"), soft_wrap=True)
    listed = {row.mirror.line: row.mirror for row in shown.mirrors}
    for one in shown.lines:
        mirror = listed.get(one.line)
        ignored = "" if mirror else " (it does not count: the URL is listed above)"
        console.print(cell(f"{shown.file}:{one.line}{ignored}", "dim"), soft_wrap=True)
        console.print(cell(f"  {one.text.strip().expandtabs(8)}"), soft_wrap=True)
        if mirror:
            _print_facts(console, _listed(mirror, countries))
    console.print(cell(_source(shown, now), "dim"), soft_wrap=True)
    _print_facts(console, _believed(shown, now))
    if shown.geoip is not None:
        console.print(cell("GeoIP", "dim"), soft_wrap=True)
        _print_facts(console, _located(shown.geoip, shown.mirrors, countries))


def _print_facts(console: Console, facts: Facts) -> None:
    print_rows(console, [[cell(name, "dim"), words] for name, words in facts])


def _source(shown: Shown, now: datetime) -> str:
    if shown.taken is None:
        return "the checker: no cycle is known"
    return f"the checker, in its last cycle, {age(shown.taken, now)} ago"


def _listed(mirror: Mirror, countries: Mapping[str, Country]) -> Facts:
    yield "type", cell(mirror.kind)
    yield "country", cell(_where(mirror, countries))
    yield "contact", cell(mirror.contact or "none")
    for name, text in option_texts(mirror).items():
        yield name, cell(text, "yellow" if name == "disabled" else "")
    if mirror.coordinates is None and (place := _middle(mirror, countries)):
        yield "place", cell(f"the middle of its country: {_degrees(place)}")
    if mirror.stamp is not None:
        yield "listed stamp", cell(f"{mirror.stamp:%Y-%m-%d %H:%M:%S %Z}")
    for name, text in (("logo", mirror.logo), ("link", mirror.link)):
        if text:
            yield name, cell(text)


def _where(mirror: Mirror, countries: Mapping[str, Country]) -> str:
    if mirror.backup:
        return "Backup"
    known = countries.get(mirror.country or "")
    return (
        f"{_named(mirror.country, countries)}{f', {known.continent}' if known else ''}"
    )


def _named(code: str | None, countries: Mapping[str, Country]) -> str:
    known = countries.get(code or "")
    return f"{code} ({known.name})" if known else code or "unknown"


def _middle(mirror: Mirror, countries: Mapping[str, Country]) -> Coordinates | None:
    known = countries.get(mirror.country or "")
    return known.centre if known else None


def _degrees(place: Coordinates) -> str:
    return f"{place.latitude:g}, {place.longitude:g}"


def _believed(shown: Shown, now: datetime) -> Facts:
    row = shown.mirrors[0]
    health = row.health
    if all(one.mirror.disabled for one in shown.mirrors):
        yield "state", cell("disabled: neither probed nor given to anyone", "yellow")
        return
    if health is None or health.outcome is None:
        yield "state", cell("unknown: not probed yet")
        return
    state = belief(health)
    since = f", for {age(health.since, now)}" if health.since else ""
    yield "state", cell(f"{state}{since}", style_of(state))
    yield from _seen(health, row.mirror.url, now)
    if row.finding:
        yield "!", cell(row.finding, "red")
    for one in row.warnings:
        yield "warning", cell(one, "yellow")


def _seen(health: Health, url: str, now: datetime) -> Facts:
    if health.stamp is not None:
        yield "stamp", cell(f"{age(health.stamp, now)} old")
    if health.checked is not None:
        ago = f"{age(health.checked, now)} ago, in {took(health.seconds)}"
        yield "last probe", cell(f"{ago}: {last_probe(health, url)}")
    for name, reach in (("IPv4", health.ipv4), ("IPv6", health.ipv6)):
        yield name, cell(_reach(reach, url))
    if health.certificate is not None:
        yield "certificate", cell(_certificate(health.certificate, now))


def _reach(reach: Reach, url: str) -> str:
    if reach.outcome is None:
        return "not tried"
    return why(reach.outcome, reach.detail, url)


def _certificate(certificate: Certificate, now: datetime) -> str:
    end = certificate.expiry
    when = f"ends in {age(now, end)}" if end > now else f"ended {age(end, now)} ago"
    return f"{when}, issued by {certificate.issuer}" if certificate.issuer else when


def _located(
    found: Whereabouts, rows: tuple[Row, ...], countries: Mapping[str, Country]
) -> Facts:
    if found.problem:
        yield "host", cell(found.problem)
    listed = next((row.mirror.country for row in rows if row.mirror.country), None)
    for one in found.places:
        place = one.location.country
        doubt = listed and place and place != listed
        contradiction = f"; the list says {listed}" if doubt else ""
        words = f"{_place(one, countries)}{contradiction}"
        yield one.address, cell(words, "yellow" if doubt else "")


def _place(one: Located, countries: Mapping[str, Country]) -> str:
    location = one.location
    facts = [_named(location.country, countries)]
    if location.coordinates:
        facts.append(_degrees(location.coordinates))
    if location.asn:
        facts.append(f"AS{location.asn}")
    return f"{', '.join(facts)} (by {one.place_source})"
