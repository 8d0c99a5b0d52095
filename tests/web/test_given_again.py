"""Answers that are given again: the same as when they are made anew."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mirrorsel.model import Country
from mirrorsel.selection.bounded import Bounded
from mirrorsel.web.app import Wsgi, create_app
from mirrorsel.web.files import Files
from mirrorsel.web.realm import Realm, make_geography, make_realm
from tests.metalink.described import ARMOUR
from tests.tree.published import cut, publish
from tests.web.asking import BRITON, FRENCH, GERMAN, NOBODY, Answer, ask, counted_answer
from tests.web.proof_site import (
    FILE,
    HELD,
    LARGE,
    ODD,
    PUBLISHED,
    REAL,
    SIGNED,
    lay_out_tree,
    quoted,
)
from tests.web.sites import DOWN, NOON, WELL, indexed, lay_out

METALINK = "application/metalink4+xml"
CLIENTS = (GERMAN, FRENCH, BRITON, NOBODY, "2001:db8::1", "")
WORDS = ("meta4", "metalink", "sha256", "sha512", "torrent", "magnet")
BIG, _PIECES = "httpd/big.iso", cut(b"l" * (2**20 + 1), 2**19)
FILES = tuple(quoted(one) for one in (FILE, LARGE, SIGNED, ODD, REAL, BIG))
URLS = (
    *(f"/get/{name}.{word}" for name in FILES for word in WORDS),
    *(f"/get/{name}{more}" for name in FILES for more in ("", "?mirrorlist", "?json")),
    *("/get/httpd/", "/get/httpd/index.json", "/get/none.meta4", "/get/./a.meta4"),
    *("/mirrors", "/mirrors/", "/mirrors/status.json", "/mirrors/status.schema.json"),
    *("/mirrors/at/fr.example/", "/mirrors/at/fr.example/badge.svg"),
    *("/mirrors/explain", "/mirrors/explain?json"),
    *("/mirrors/at/none/", "/mirrors/mirrors.list", "/nothing"),
    *(
        f"{script}{path}?{query}"
        for script in ("/dyn/closer.lua", "/dyn/closer.cgi")
        for path in ("", f"/{FILE}", "/spark/x", "/../x")
        for query in (
            *("as_json=1", "as_json=1&cca2=fr", "as_json=0", "preferred=true"),
            *("as_json=1&update=202611231200", "action=info", "action=none"),
            "action=download&filename=a",
        )
    ),
)
ACCEPTED = ("*/*", METALINK, "application/json", f"text/html, {METALINK};q=0.1")
DATES = ("Wed, 18 Nov 2026 11:06:40 GMT", "Mon, 01 Jan 2024 00:00:00 GMT", "x")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request."""

    url: str
    client: str = FRENCH
    scheme: str = "http"
    host: str = "www.example"
    accept: str = ACCEPTED[0]
    method: str = "GET"
    tag: str | None = None
    since: str | None = None

    def beside(self) -> Iterator["Visit"]:
        """Yield this request, all that differ from it in one part, and it again."""
        yield self
        yield from (replace(self, client=one) for one in CLIENTS)
        yield from (replace(self, scheme=one) for one in ("https", "http"))
        yield from (replace(self, host=one) for one in ("two.example:80", ""))
        yield from (replace(self, accept=one) for one in ACCEPTED)
        yield from (replace(self, method=one) for one in ("HEAD", "GET"))
        yield from (replace(self, tag=one) for one in ('"x"', "*", 'W/"y", "z"'))
        yield from (replace(self, since=one) for one in DATES)
        yield self

    @property
    def environ(self) -> dict[str, str]:
        """What it says of itself."""
        conditions = {
            "HTTP_IF_NONE_MATCH": self.tag,
            "HTTP_IF_MODIFIED_SINCE": self.since,
        }
        return {
            "REMOTE_ADDR": self.client,
            "wsgi.url_scheme": self.scheme,
            "HTTP_HOST": self.host,
            "HTTP_ACCEPT": self.accept,
            **{name: value for name, value in conditions.items() if value},
        }


VISITS = st.builds(
    Visit,
    url=st.sampled_from(URLS),
    client=st.sampled_from(CLIENTS),
    scheme=st.sampled_from(("http", "https")),
)
OTHER = ARMOUR.replace("AbCd", "EfGhI")
SIGNATURE = f"tree/{SIGNED}.asc"
EDITED = (
    *(f"tree/{name}.{word}" for name in (FILE, SIGNED) for word in WORDS),
    *(SIGNATURE, "tree/spark/x", "attic/httpd.html", "attic/spark.html"),
)
EDITS = st.tuples(
    st.sampled_from(EDITED),
    st.sampled_from(("", "x", ARMOUR, OTHER, None)),
)
REALMS = st.integers(min_value=0, max_value=2)
LATER = st.sampled_from((timedelta(seconds=29), timedelta(minutes=9)))
STEPS = st.lists(
    st.tuples(EDITS | REALMS | LATER | st.none(), VISITS), min_size=1, max_size=4
)


def edit(folder: Path, name: str, text: str | None) -> None:
    """Write a file anew, or remove it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if text is not None:
        path.write_text(text)


def tidy(folder: Path) -> None:
    """Make the files be as they were at first."""
    for name in EDITED:
        edit(folder, name, ARMOUR if name == SIGNATURE else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Versions of a site."""

    folder: Path
    """Where the published files and the retired projects are."""
    realms: Sequence[Realm] = field(repr=False)
    """With an index, the same while a mirror is down, and without one."""


class Twins:
    """Two applications over the same files, of which one never remembers an answer."""

    def __init__(self, site: Site) -> None:
        self._folder = site.folder
        self._realms = [*map(replace, site.realms)]
        self._realm = self._realms[0]
        self._now = NOON
        self._remembering = self._serve(lambda: self._realm)
        self._forgetting = self._serve(lambda: replace(self._realm))

    def change(self, what: Any) -> None:
        """Take another realm, let time pass, write a file, or remove it."""
        if isinstance(what, int):
            self._realm = self._realms[what]
        elif isinstance(what, timedelta):
            self._now += what
        elif what:
            edit(self._folder, *what)

    def visit(self, one: Visit) -> tuple[Answer, Answer]:
        """Return what each of them answers, whose headers are in the same order.

        Both are asked equally often, as the status pages tell of the counts.
        """
        (first, *more), (second, *others) = (
            counted_answer(app, one.url, one.environ, one.method)
            for app in (self._remembering, self._forgetting)
        )
        assert more == others
        return first, second

    def _serve(self, realm: Callable[[], Realm]) -> Wsgi:
        return create_app(realm, now=lambda: self._now)


@pytest.fixture(name="site", scope="module")
def fixture_site(
    tmp_path_factory: pytest.TempPathFactory,
    countries: Mapping[str, Country],
    geoip: Path,
) -> Site:
    """Return a site."""
    folder = tmp_path_factory.mktemp("site")
    written = lay_out_tree(folder / "tree")
    written = written.replace("[tree]\n", '[tree]\ntorrent_from = "1MiB"\n')
    more = f'[attic]\nfolder = "{folder / "attic"}"\n'
    more += f'[geoip]\ndatabase = "{geoip}"\n'

    def make(text: str, health: Any) -> Realm:
        site = tmp_path_factory.mktemp("settings")
        publish(site / "state", {**PUBLISHED, BIG: _PIECES}, HELD)
        files = Files(lay_out(site, settings=text + more, health=health))
        assert files.problems() == ()
        sources = files.sources(countries)
        geography = make_geography(sources, countries)
        return make_realm(sources, geography, countries, files.tree(geography))

    off = written.replace("[tree]\n", '[tree]\nindex = "off"\n')
    realms = (
        make(indexed(written), WELL),
        make(indexed(written), {"fr.example": DOWN}),
        make(off, WELL),
    )
    return Site(folder=folder, realms=realms)


SPARK = Visit(url="/dyn/closer.lua/spark/x?as_json=1")


@settings(max_examples=25)
@example([((SIGNATURE, OTHER), Visit(url=f"/get/{SIGNED}.metalink"))])
@example([((SIGNATURE, None), Visit(url=f"/get/{SIGNED}.meta4"))])
@example([((f"tree/{FILE}.sha256", "x"), Visit(url=f"/get/{FILE}.sha256"))])
@example([(("tree/spark/x", ""), SPARK), (("attic/spark.html", ""), SPARK)])
@example([(1, Visit(url=f"/get/{FILE}.meta4")), (2, SPARK)])
@example([(timedelta(minutes=9), Visit(url="/mirrors/"))])
@given(STEPS)
def test_what_is_given_again_is_what_would_be_made(
    site: Site, steps: Sequence[Any]
) -> None:
    """Whoever asks, and whatever changes between two requests."""
    tidy(site.folder)
    twins = Twins(site)
    for change, visit in steps:
        tagged = replace(visit, tag=twins.visit(visit)[1].headers.get("etag"))
        for one in (*visit.beside(), tagged, tagged):
            again, made = twins.visit(one)
            assert again == made
        twins.change(change)
        for one in (*visit.beside(), tagged):
            again, made = twins.visit(one)
            assert again == made


def answered_by_falcon(app: Wsgi, visit: Visit) -> bool:
    """Return whether Falcon was asked, which reads the stream of errors."""
    read: list[str] = []

    class Watched(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            read.append(name)
            return super().__getitem__(name)

    def watched(environ: dict[str, Any], start_response: Any) -> Any:
        return app(Watched(environ), start_response)

    ask(watched, visit.url, method=visit.method, environ=visit.environ)
    return "wsgi.errors" in read


@pytest.mark.parametrize(
    ("url", "other_client"),
    [
        pytest.param(f"/get/{FILE}.meta4", True, id="a document"),
        pytest.param(f"/get/{FILE}.sha256", False, id="a hash"),
        pytest.param(f"/get/{FILE}?mirrorlist", True, id="the page of a file"),
        pytest.param(f"/dyn/closer.cgi/{FILE}?as_json=1", True, id="JSON"),
        pytest.param("/dyn/closer.lua?preferred=true", True, id="the preferred"),
        pytest.param("/get/httpd/./x", False, id="a name that is none"),
        pytest.param("/mirrors/", False, id="the status page"),
        pytest.param("/mirrors/at/fr.example/", False, id="the page of a mirror"),
    ],
)
def test_the_same_question_is_answered_without_falcon(
    site: Site, url: str, *, other_client: bool
) -> None:
    """What depends on the client is made anew for another, and for none else."""
    tidy(site.folder)
    realm = replace(site.realms[0])
    app = create_app(lambda: realm, now=lambda: NOON)
    visit = Visit(url=url)

    assert answered_by_falcon(app, visit)
    assert not answered_by_falcon(app, visit)
    other = replace(visit, client=GERMAN)
    assert answered_by_falcon(app, other) is other_client


def test_a_client_without_an_address_is_not_everybody(site: Site) -> None:
    """What it was answered is its own."""
    tidy(site.folder)
    url, realm = "/dyn/closer.lua?as_json=1", replace(site.realms[0])
    app = create_app(lambda: realm, now=lambda: NOON)

    def unnamed(environ: dict[str, Any], start_response: Any) -> Any:
        del environ["REMOTE_ADDR"]
        return app(environ, start_response)

    unknown = ask(unnamed, url).json["cca2"]

    assert (unknown, ask(app, url, address=FRENCH).json["cca2"]) == ("backup", "fr")


def test_long_names_that_clients_make_up_are_not_remembered(site: Site) -> None:
    """There is any number of files that are none, and of names for this host."""
    realm = replace(site.realms[0], proven=Bounded(9))
    app = create_app(lambda: realm, now=lambda: NOON)
    known = {"HTTP_HOST": "www.example"}

    ask(app, f"/get/{'x' * 1000}", environ=known)
    ask(app, f"/get/{FILE}", environ={"HTTP_HOST": "x" * 8000})
    assert not realm.proven
    ask(app, f"/get/{FILE}", environ=known)
    ask(app, f"/get/{FILE}.meta4", environ=known)
    assert len(realm.proven) == 2


def test_what_is_remembered_does_not_keep_a_realm(site: Site) -> None:
    """A realm that was replaced is gone at once, with all that it holds."""
    realm = [replace(site.realms[0])]
    app = create_app(lambda: realm[0], now=lambda: NOON)
    gc.collect()
    gc.disable()
    try:
        for url in URLS:
            ask(app, url)
        assert len(realm[0].shown) > 20
        shown = ref(realm[0].shown)
        realm[0] = replace(site.realms[0])
        assert shown() is None
    finally:
        gc.enable()
