"""httpd and mod_wsgi are found, or it is said what to install."""

from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.errors import HttpdError
from mirrorsel.httpd.locate import Httpd, locate, packaged


@pytest.fixture
def httpd(tmp_path: Path) -> Httpd:
    """Return an httpd of empty files."""
    for name in ("httpd", "mod_wsgi.so"):
        (tmp_path / name).touch()
    return Httpd(
        program=tmp_path / "httpd", modules=tmp_path, wsgi=tmp_path / "mod_wsgi.so"
    )


@pytest.mark.httpd
def test_the_environment_has_its_own() -> None:
    """The mod_wsgi of this environment says where its httpd lies."""
    assert packaged() == locate()


def test_without_the_package_there_is_none() -> None:
    """A missing mod_wsgi is no error: there may be another."""
    assert packaged("mod_wsgi_is_not_here") is None


def test_the_first_with_mod_wsgi_is_taken(httpd: Httpd) -> None:
    """A candidate without mod_wsgi is passed over."""
    without = replace(httpd, wsgi=httpd.modules / "missing.so")

    assert httpd == locate((None, without, httpd))


@pytest.mark.parametrize(
    ("lost", "message"),
    [
        pytest.param("wsgi", "mod_wsgi is not installed: apt-get", id="mod_wsgi"),
        pytest.param("program", "httpd is not installed: apt-get", id="the program"),
        pytest.param("modules", "httpd is not installed: apt-get", id="its modules"),
    ],
)
def test_what_is_missing_is_told(httpd: Httpd, lost: str, message: str) -> None:
    """The message says what to install, with root and without."""
    broken = Httpd(
        program=Path("/missing") if lost == "program" else httpd.program,
        modules=Path("/missing") if lost == "modules" else httpd.modules,
        wsgi=Path("/missing") if lost == "wsgi" else httpd.wsgi,
    )

    with pytest.raises(HttpdError, match=message):
        locate((broken,))
