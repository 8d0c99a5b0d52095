"""What may stand in a document at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mirrorsel.metalink import is_armour, is_writable
from tests.metalink.described import ARMOUR


@given(st.text(max_size=4))
def test_what_xml_can_express(text: str) -> None:
    """The rule agrees with a parser about every character."""
    numbers = "".join(f"&#{ord(one)};" for one in text)
    try:
        etree.fromstring(f"<a>{numbers}</a>")
    except etree.XMLSyntaxError:
        assert not is_writable(text)
    else:
        assert is_writable(text)


@pytest.mark.parametrize("text", ["\ufffe", "a\uffff", "\x0b", "\udc80", "\x00"])
def test_what_it_cannot(text: str) -> None:
    """These are characters of no XML, escaped or not."""
    assert not is_writable(text)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        pytest.param(ARMOUR, True, id="signature"),
        pytest.param(ARMOUR.rstrip(), True, id="no final newline"),
        pytest.param("", False, id="empty"),
        pytest.param("<html>not found</html>", False, id="a page"),
        pytest.param(ARMOUR + "rm -rf /\n", False, id="more behind it"),
        pytest.param("see:\n" + ARMOUR, False, id="more before it"),
        pytest.param(ARMOUR.replace("=AbCd", "\x1b[2J"), False, id="control"),
        pytest.param(ARMOUR.replace("SIGNATURE", "MESSAGE"), False, id="message"),
    ],
)
def test_what_is_a_signature(text: str, *, good: bool) -> None:
    """Only a detached signature in ASCII, and nothing beside it."""
    assert good is is_armour(text)
