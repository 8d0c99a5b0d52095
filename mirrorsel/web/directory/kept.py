"""The pages of folders, kept as long as the index is the same."""

import threading
import zlib
from collections.abc import Callable
from dataclasses import replace

from mirrorsel.web.status.answer import Page

_MOST = 16 * 2**20
_FAST = 1


class KeptFolders:
    """Renders each page once for an edition of the index, as long as there is room.

    Several threads may use it; one renders while the others wait, since all of them
    together would take no less time. Pages are kept compressed, a tenth of their size.

    Args:
        most: Bytes of all pages together; when there are more, all are forgotten.

    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._edition: object = None
        self._pages: dict[tuple[str, bool], Page] = {}
        self._size = 0

    def get(
        self,
        edition: object,
        path: str,
        render: Callable[[], Page | None],
        *,
        json: bool,
    ) -> Page | None:
        """Return the page of a folder; None if it turns out that there is none."""
        with self._lock:
            if edition is not self._edition:
                self._edition = edition
                self._forget()
            kept = self._pages.get((path, json))
            if kept is not None:
                return replace(kept, body=zlib.decompress(kept.body))
            found = render()
            if found is not None:
                self._keep((path, json), found)
            return found

    def _keep(self, key: tuple[str, bool], found: Page) -> None:
        body = zlib.compress(found.body, _FAST)
        if self._size + len(body) > self._most:
            self._forget()
        self._size += len(body)
        self._pages[key] = replace(found, body=body)

    def _forget(self) -> None:
        self._pages.clear()
        self._size = 0
