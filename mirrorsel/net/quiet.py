"""What the library for HTTP says of its own accord."""

import logging


def quiet_library() -> None:
    """Keep the library's warnings out of the log.

    It tells of what is odd in an answer with a traceback and the mirror's own words.
    The checker says by itself, and safely, what a mirror did wrong.
    """
    logging.getLogger("urllib3").setLevel(logging.ERROR)
