"""Where httpd, or any other WSGI server, gets the application."""

import atexit
import threading
from pathlib import Path

from mirrorsel.state import await_stillness
from mirrorsel.web.app import Wsgi, create_app
from mirrorsel.web.counters import Counters
from mirrorsel.web.garbage import collect_seldom
from mirrorsel.web.live import Live


def create_application(settings_file: Path) -> Wsgi:
    """Return the WSGI application of one settings file.

    It answers whatever the files are like: what cannot be used is logged and done
    without. A thread follows the files, and counts requests, as long as the
    process lives.
    """
    live = Live(settings_file, wait=await_stillness)
    realm = live.realm
    counters = Counters(realm.sources.settings.counters_folder, realm.countries)
    # The end of a process, if it is an orderly one, loses no count.
    atexit.register(counters.flush)
    live.follow(threading.Event(), beside=counters.flush)
    collect_seldom()
    return create_app(
        lambda: live.realm,
        counters,
        list_errors=lambda: live.list_errors,
        past=lambda: live.past,
    )
