"""The layout of this system is known by what it says of itself."""

import pytest

from mirrorsel.instance.layout import Layout, detect


@pytest.mark.parametrize(
    ("release", "layout"),
    [
        pytest.param({"ID": "debian"}, Layout.DEBIAN, id="Debian"),
        pytest.param({"ID": "ubuntu", "ID_LIKE": "debian"}, Layout.DEBIAN, id="Ubuntu"),
        pytest.param(
            {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, Layout.DEBIAN, id="Mint"
        ),
        pytest.param({"ID": "fedora"}, Layout.REDHAT, id="Fedora"),
        pytest.param(
            {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, Layout.REDHAT, id="Rocky"
        ),
        pytest.param({"ID": "arch"}, None, id="another"),
        pytest.param({}, None, id="unknown"),
    ],
)
def test_layouts(release: dict[str, str], layout: Layout | None) -> None:
    """Its own name goes before what it is like."""
    assert layout is detect(release)
