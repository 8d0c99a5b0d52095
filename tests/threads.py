"""What runs in threads of its own until a `with` block is left."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from socketserver import BaseServer


@contextmanager
def beside(*runs: Callable[[], object], end: Callable[[], object]) -> Iterator[None]:
    """Run something, each in its thread; `end` is what lets them return."""
    threads = [threading.Thread(target=run) for run in runs]
    for one in threads:
        one.start()
    try:
        yield
    finally:
        end()
        for one in threads:
            one.join()


@contextmanager
def answering(server: BaseServer) -> Iterator[None]:
    """Let a server of the standard library answer."""
    with server, beside(partial(server.serve_forever, 0.02), end=server.shutdown):
        yield
