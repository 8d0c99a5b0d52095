"""Where httpd, or any other WSGI server, gets the application."""

import atexit
import gc
import threading
from pathlib import Path

from mirrorsel.state import await_stillness
from mirrorsel.web.app import Wsgi, create_app
from mirrorsel.web.counters import Counters
from mirrorsel.web.live import Live

_THRESHOLDS = 10_000, 20, 20
"""How many new objects are remembered between collections; Python begins with 700."""


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
    _collect_seldom()
    return create_app(
        lambda: live.realm,
        counters,
        list_errors=lambda: live.list_errors,
        past=lambda: live.past,
    )


def _collect_seldom() -> None:
    """Spare requests the collections of garbage that find none.

    Hardly any answer leaves cycles, and what lives as long as the process need not be
    looked at.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
