"""What a store holds, as its readers get it."""

from mirrorsel.indexing.store import Store
from mirrorsel.tree import FileIndex


def published(store: Store) -> FileIndex:
    """Return an edition of a store as it is now."""
    path = store.database.path.with_name("edition")
    store.publish(path, 1)
    return FileIndex(path)
