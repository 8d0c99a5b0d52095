"""What a file must be to be read as a page."""

from mirrorsel.pages.limits import LARGEST_FILE


def cannot_be_read() -> str:
    """Return what a page's file must be, as the end of a message."""
    return (
        "this page cannot be read; it must be an ordinary file of at most"
        f" {LARGEST_FILE // 2**20} MiB, inside its document root, which the server's"
        " account may read"
    )
