"""The examples at the end of a verb's help."""

_GAP = "  "


def examples(*pairs: tuple[str, str]) -> str:
    """Return an epilog of examples.

    Args:
        pairs: Each a command, with what it does; it is shown above the command.

    """
    lines = [line for command, does in pairs for line in (f"# {does}", command)]
    # Of a paragraph that begins with \b, click keeps the lines as they are.
    return "\n".join(["\b", "Examples:", *(f"{_GAP}{one}" for one in lines)])
