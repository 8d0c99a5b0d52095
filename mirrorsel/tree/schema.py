"""The tables of the index of published files, in SQLite."""

FORMAT = 1
"""The format number; an index of another is not read."""

TABLES = """
CREATE TABLE about (
    format INTEGER NOT NULL,
    lineage TEXT NOT NULL,
    root TEXT NOT NULL,
    made INTEGER NOT NULL
);
CREATE TABLE folder (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    parent INTEGER,
    name TEXT NOT NULL
);
CREATE INDEX folder_parent ON folder (parent, name);
CREATE TABLE file (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    folder INTEGER NOT NULL REFERENCES folder (id),
    name TEXT NOT NULL,
    size INTEGER,
    modified INTEGER NOT NULL,
    sha256 BLOB NOT NULL DEFAULT x'',
    sha512 BLOB NOT NULL DEFAULT x'',
    disputed TEXT NOT NULL DEFAULT '',
    UNIQUE (folder, name)
);
CREATE TABLE pieces (
    number INTEGER PRIMARY KEY REFERENCES file (number),
    length INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    sha1 BLOB NOT NULL
);
"""
"""What a reader finds. One row in `about`; a folder's path has no slash at its ends,
and the root is the empty path. AUTOINCREMENT keeps a number from coming again."""
