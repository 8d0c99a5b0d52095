"""Where httpd, or any other WSGI server, gets the application."""

import threading
from pathlib import Path

from mirrorsel.web.app import Wsgi, create_app
from mirrorsel.web.live import Live


def create_application(settings_file: Path) -> Wsgi:
    """Return the WSGI application of one settings file.

    It answers whatever the files are like: what cannot be used is logged and done
    without. A thread follows the files as long as the process lives.
    """
    live = Live(settings_file)
    live.follow(threading.Event())
    return create_app(lambda: live.realm, past=lambda: live.past)
