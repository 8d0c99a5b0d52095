"""The arguments of a directive, split as httpd splits them."""

BLANKS = " \t\n\v\f\r"
"""What parts words: the blanks of C, not those of Unicode."""


def words(text: str) -> tuple[str, ...]:
    """Split the text behind a directive's name into its arguments.

    Blanks part arguments; single or double quotes hold one together; a
    backslash protects a backslash, or the quote it stands in.
    """
    found: list[str] = []
    position = _after_blanks(text, 0)
    while position < len(text):
        word, position = _word(text, position)
        found.append(word)
        position = _after_blanks(text, position)
    return tuple(found)


def _after_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position] in BLANKS:
        position += 1
    return position


def _word(text: str, position: int) -> tuple[str, int]:
    """Return the word that begins at a position, and where it ends."""
    quote = text[position] if text[position] in "\"'" else ""
    letters: list[str] = []
    position += len(quote)
    while position < len(text):
        letter = text[position]
        following = text[position + 1 : position + 2]
        if letter == quote or (not quote and letter in BLANKS):
            break
        if letter == "\\" and following and following in f"\\{quote}":
            letter = following
            position += 1
        letters.append(letter)
        position += 1
    return "".join(letters), position + len(quote)
