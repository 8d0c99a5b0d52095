"""Numbers with their nouns."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, which gets an `s` unless there is one thing."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
