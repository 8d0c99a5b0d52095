"""Names of mirrors in our own addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.model import Kind, Mirror
from mirrorsel.status import slugs


def mirror(url: str) -> Mirror:
    """Return a mirror of the kind that its URL tells."""
    scheme = url.partition(":")[0]
    return Mirror(url=url, kind=Kind(scheme.removesuffix("s") or scheme))


def named(*urls: str) -> dict[str, str]:
    """Return the names of mirrors by their URLs."""
    return {one.url: name for name, one in slugs(map(mirror, urls)).items()}


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        pytest.param("https://x.example/", "x.example", id="host"),
        pytest.param(
            "https://x.example/pub/apache/", "x.example-pub-apache", id="path"
        ),
        pytest.param("http://X.Example:8080/", "x.example-8080", id="port, capitals"),
        pytest.param("http://[2001:db8::1]/", "2001-db8-1", id="address"),
        pytest.param("http://x.example/%7Ejoe/a_b/", "x.example-7ejoe-a-b", id="signs"),
        pytest.param("http://x.example/é/../", "x.example", id="nothing to be read"),
        pytest.param("ftp://x.example/", "x.example~ftp", id="ftp"),
    ],
)
def test_a_name_tells_host_and_path(url: str, slug: str) -> None:
    """It has lower-case letters, digits, and few signs, and is no path."""
    assert {url: slug} == named(url)


def test_a_name_is_never_that_of_two() -> None:
    """Where it would be, each has a part of its hash, so that no link changes hands."""
    names = named("http://x.example/a/", "https://x.example/a/", "http://x.example/b/")

    assert "x.example-b" == names["http://x.example/b/"]
    assert all(
        name.startswith("x.example-a~") for url, name in names.items() if "/a/" in url
    )


def test_a_mirror_that_is_listed_twice_has_one_name() -> None:
    """The first line counts."""
    first = Mirror(url="http://x.example/", line=1)
    names = slugs([first, Mirror(url="http://x.example/", line=2)])

    assert {"x.example": first} == names


URLS = st.lists(
    st.builds(
        "{}://{}/{}".format,
        st.sampled_from(["http", "https", "ftp"]),
        st.sampled_from(["a.example", "A.example", "a-b.example", "a.b"]),
        st.text(alphabet="ab/-~.%é", max_size=5),
    ),
    unique=True,
    max_size=12,
)


@given(URLS, st.randoms())
def test_names_are_unique_and_do_not_depend_on_the_order(
    urls: list[str], random: object
) -> None:
    """Every mirror has one, whatever is listed around it."""
    names = named(*urls)
    mixed = urls[:]
    random.shuffle(mixed)  # type: ignore[attr-defined] # hypothesis has no type for it

    assert len(set(names.values())) == len(urls)
    assert names == named(*mixed)
    assert all("/" not in name and name.strip(".") for name in names.values())
