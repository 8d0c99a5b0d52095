"""Tests that a long list is judged in a moment, whatever is in it."""

import time

import pytest

from tests.lint.test_rules import problems_of

_MANY = 10_000
_SECONDS = 20
"""Of the processor, with coverage on a slow machine; a square of it takes minutes."""


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(
            "http de https://m{}.example/ - lat=50.1 lon=8.7 weight=5", id="good"
        ),
        pytest.param("http de http://m.example/{}/ - only=country", id="one host"),
        pytest.param("http zz https://m{}.example - refuses=qq,ww,qq", id="warnings"),
        pytest.param(
            "http de https://m{}.example # lint: ignore[missing-slash] x", id="silent"
        ),
        pytest.param("# lint: ignore[missing-slash] reason {}", id="comments"),
        pytest.param("http germany https://m{}.example/", id="errors"),
    ],
)
def test_ten_thousand_lines(line: str) -> None:
    """It takes a second or two."""
    text = "".join(f"{line.format(number)}\n" for number in range(_MANY))
    started = time.process_time()

    problems_of(text)

    assert time.process_time() - started < _SECONDS


def test_many_entries() -> None:
    """A line with as many entries as it can hold costs no more than its length."""
    entries = ",".join(f"a/{number}" for number in range(1000))
    line = f"http de https://a.example/ - prefix={entries}\n"
    started = time.process_time()

    problems_of(line * 200)

    assert time.process_time() - started < _SECONDS
