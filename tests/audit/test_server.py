"""Servers and the folders they publish."""

import pytest

from mirrorsel.audit.server import servers_of
from tests.audit.written import UNKNOWN, directives, only


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ["main server"], id="no host"),
        pytest.param(
            "Listen 80\n<VirtualHost *:80>\nServerName a\n</VirtualHost>",
            ["a (*:80)"],
            id="a host answers for all",
        ),
        pytest.param(
            "Listen 80\nListen [::]:443\n<VirtualHost *:80>\n</VirtualHost>",
            ["main server", "*:80"],
            id="but not on every port",
        ),
        pytest.param(
            "Listen 80\n<VirtualHost 127.0.0.1:80>\n</VirtualHost>",
            ["main server", "127.0.0.1:80"],
            id="but not at every address",
        ),
        pytest.param("<VirtualHost *>\n</VirtualHost>\nListen 80", ["*"], id="no port"),
        pytest.param(
            "Listen 80\n<VirtualHost ::1>\n</VirtualHost>",
            ["main server", "::1"],
            id="an address alone",
        ),
    ],
)
def test_servers_that_can_be_reached(text: str, expected: list[str]) -> None:
    """The main server counts unless hosts answer everything in its place."""
    found = servers_of(directives(text), UNKNOWN)

    assert expected == [one.name for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [("/srv/htdocs", "")], id="httpd's default"),
        pytest.param('DocumentRoot "/a b/"', [("/a b", "")], id="a document root"),
        pytest.param(
            "DocumentRoot a\nAlias /x/ /b/",
            [("/srv/a", ""), ("/b", "/x")],
            id="an alias",
        ),
        pytest.param(
            "DocumentRoot a\nAliasMatch ^/x/(.*) /b/c$1",
            [("/srv/a", ""), ("/b", "/x")],
            id="an alias by expression",
        ),
        pytest.param(
            "DocumentRoot a\n<Location /x>\nAlias /b\n</Location>",
            [("/srv/a", ""), ("/b", "/x")],
            id="an alias in a location",
        ),
        pytest.param(
            "DocumentRoot a\nVirtualDocumentRoot /hosts/%0/docs",
            [("/srv/a", ""), ("/hosts", "")],
            id="a root for each name",
        ),
        pytest.param(
            "DocumentRoot a\nUserDir html http://x/\nUserDir /u/*/w /v",
            [
                ("/srv/a", ""),
                ("/home/user/html", "/~user"),
                ("/u/user/w", "/~user"),
                ("/v/user", "/~user"),
            ],
            id="users",
        ),
        pytest.param(
            "DocumentRoot a\nUserDir disabled root", [("/srv/a", "")], id="no users"
        ),
    ],
)
def test_folders_that_are_published(text: str, expected: list[tuple[str, str]]) -> None:
    """Each folder is known with the URL under which it is published."""
    assert expected == [(one.folder, one.url) for one in only(text).trees]


def test_a_host_inherits_the_document_root() -> None:
    """A host without a document root publishes the main server's."""
    text = "DocumentRoot /a\nListen 80\n<VirtualHost *:80>\n</VirtualHost>"

    assert [one.folder for one in only(text).trees] == ["/a"]


def test_folders_to_look_at_besides() -> None:
    """A folder that nobody publishes is looked at in the first server."""
    found = servers_of(directives("DocumentRoot /a"), UNKNOWN, ["/a/in", "/b"])

    assert [one.folder for one in found[0].trees] == ["/a", "/b"]
