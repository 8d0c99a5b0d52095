"""The arguments of a directive, split as httpd splits them."""


def words(text: str) -> tuple[str, ...]:
    """Split the text behind a directive's name into its arguments.

    Blanks part arguments; single or double quotes hold one together; a
    backslash protects a backslash, or the quote it stands in.
    """
    found: list[str] = []
    rest = text.strip()
    while rest:
        word, rest = _first(rest)
        found.append(word)
        rest = rest.lstrip()
    return tuple(found)


def _first(text: str) -> tuple[str, str]:
    quote = text[0] if text[0] in "\"'" else ""
    letters: list[str] = []
    position = len(quote)
    while position < len(text):
        letter = text[position]
        following = text[position + 1 : position + 2]
        if letter == quote or (not quote and letter.isspace()):
            break
        if letter == "\\" and following and following in f"\\{quote}":
            letter = following
            position += 1
        letters.append(letter)
        position += 1
    return "".join(letters), text[position + len(quote) :]
