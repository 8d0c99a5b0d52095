"""How versions are judged."""

from dataclasses import replace

import pytest

from mirrorsel.doctor.software import Need, Software, Wsgi, judge_software

WSGI = Wsgi(file="/m/mod_wsgi.so", exists=True, version="6.1.1", python="3.11")
GOOD = Software(
    mirrorsel="1.0",
    python="3.11",
    home="/opt/m",
    needs=(Need(name="falcon", least="4.0", found="4.10"),),
    wsgi=WSGI,
    homes=("/opt/m",),
)


def test_good_software() -> None:
    """Each part is told with its version."""
    words = [one.words for one in judge_software(GOOD) if one.level == "ok"]

    assert words == [
        "mirrorsel 1.0, Python 3.11, Falcon 4.10 in /opt/m",
        "mod_wsgi 6.1.1 for Python 3.11",
        "httpd runs mirrorsel in /opt/m",
    ]


@pytest.mark.parametrize(
    ("found", "least", "good"),
    [
        pytest.param("4.0", "4.0", True, id="the oldest"),
        pytest.param("4.10", "4.9", True, id="by numbers"),
        pytest.param("10.0rc1", "4.0", True, id="a candidate"),
        pytest.param("3.1.9", "4.0", False, id="older"),
        pytest.param("", "4.0", False, id="none"),
        pytest.param("1", "", True, id="any"),
    ],
)
def test_libraries(found: str, least: str, *, good: bool) -> None:
    """One that is too old is told, with the command that mends it."""
    need = Need(name="falcon", least=least, found=found)
    one = next(judge_software(replace(GOOD, needs=(need,))))

    assert ("ok" if good else "fail") == one.level
    assert good or "/opt/m/bin/pip install" in one.remedy


@pytest.mark.parametrize(
    ("wsgi", "level", "words"),
    [
        pytest.param(
            replace(WSGI, version="4.9.4"), "warn", "is mod_wsgi 4.9.4", id="Debian's"
        ),
        pytest.param(
            replace(WSGI, version=""), "unseen", "not to be found out", id="unknown"
        ),
        pytest.param(
            replace(WSGI, python="3.9"), "fail", "for Python 3.9, not 3.11", id="other"
        ),
        pytest.param(
            replace(WSGI, exists=False), "fail", "which is not there", id="missing"
        ),
    ],
)
def test_mod_wsgi(wsgi: Wsgi, level: str, words: str) -> None:
    """What is not as it should be has a remedy."""
    found = judge_software(replace(GOOD, wsgi=wsgi))
    [one] = [one for one in found if one.code == "mod_wsgi"]

    assert (level, True) == (one.level, words in one.words)
    assert one.remedy


def test_no_mod_wsgi_is_for_others_to_tell() -> None:
    """That httpd loads none is a finding about modules."""
    found = judge_software(replace(GOOD, wsgi=None, homes=()))

    assert ["library"] == [one.code for one in found]
