"""The numbers of files, taken anew before they run out."""

import secrets

from mirrorsel.indexing.store import Store
from mirrorsel.tree.holders import LONGEST

# Each changed file takes a number: 100,000 a day get here in a year.
_HIGHEST = LONGEST // 2
_RANK = """
CREATE TEMP TABLE rank AS
SELECT number AS old, row_number() OVER (ORDER BY number) AS new FROM file;
CREATE UNIQUE INDEX temp.rank_old ON rank (old);
"""
# A new number is never above the old one, and rows are taken in their order: so no
# number is taken twice on the way.
_COLUMNS = (
    ("file", "number"),
    ("pieces", "number"),
    ("sign", "number"),
    ("claim", "source"),
)


def renumber(store: Store, highest: int = _HIGHEST) -> bool:
    """Number all files from 1 where a number is too high; return whether it was.

    It makes another lineage: what was seen on mirrors is of other numbers, so that all
    of them are scanned anew.
    """
    database = store.database
    last = database.one("SELECT max(number) FROM file")[0]
    if last is None or last <= highest:
        return False
    database.script(_RANK)
    for table, column in _COLUMNS:
        database.run(
            f"UPDATE {table} SET {column} ="  # noqa: S608 - own words
            f" (SELECT new FROM temp.rank WHERE old = {column})"
        )
    count = database.one("SELECT count(*) FROM temp.rank")[0]
    database.run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'file'", count)
    database.run("UPDATE about SET lineage = ?", secrets.token_hex(8))
    database.run("DROP TABLE temp.rank")
    store.mark()
    store.commit()
    return True
