"""How rights are judged."""

import pytest

from mirrorsel.doctor.finding import Finding
from mirrorsel.doctor.rights import Cast, Deed, Right, Rights, judge_rights

CAST = Cast(web="web", checker="checker", httpd="httpd")


def judged(*rights: Right, cast: Cast = CAST) -> list[Finding]:
    """Return what is made of rights."""
    seen = Rights(cast=cast, missing=(), rights=rights, unsafe="")
    return list(judge_rights(seen))


def right(deed: Deed, *, wanted: bool, held: bool | None, closed: str = "") -> Right:
    """Return a right of the web."""
    return Right(
        user="web", deed=deed, path="/p", wanted=wanted, held=held, closed=closed
    )


@pytest.mark.parametrize("deed", list(Deed))
def test_what_is_wanted(deed: Deed) -> None:
    """It is well where it is held, and has a remedy where it is not."""
    [good] = judged(right(deed, wanted=True, held=True))
    [bad] = judged(right(deed, wanted=True, held=False))

    assert (good.level, bad.level) == ("ok", "fail")
    assert f"web cannot {deed} /p" == bad.words
    assert bad.remedy


def test_a_closed_folder_is_the_reason() -> None:
    """It is what must be opened."""
    [one] = judged(right(Deed.READ, wanted=True, held=False, closed="/c"))

    assert one.words == "web cannot read /p, as it cannot enter /c"
    assert one.remedy == "chmod o+x /c"


def test_what_must_not_be() -> None:
    """Who can write too much is told."""
    [good] = judged(right(Deed.WRITE, wanted=False, held=False))
    [bad] = judged(right(Deed.WRITE, wanted=False, held=True))

    assert (good.level, bad.level) == ("ok", "fail")


def test_what_cannot_be_seen() -> None:
    """It is neither good nor bad."""
    [one] = judged(right(Deed.READ, wanted=True, held=None))

    assert (one.level, one.remedy) == ("unseen", "run the doctor as root")


@pytest.mark.parametrize(
    ("cast", "codes"),
    [
        pytest.param(CAST, [], id="three accounts"),
        pytest.param(Cast(web="a", checker="a", httpd="h"), ["parted"], id="one"),
        pytest.param(Cast(web="w", checker="h", httpd="h"), ["parted"], id="httpd's"),
        pytest.param(Cast(web="w", checker="root", httpd="h"), ["root"], id="root"),
    ],
)
def test_accounts(cast: Cast, codes: list[str]) -> None:
    """The checker has one of its own, and nobody is root."""
    assert codes == [one.code for one in judged(cast=cast)]
