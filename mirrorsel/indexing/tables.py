"""The tables and questions of the writer's database."""

OWN_FORMAT = 1
"""The format of the tables that only the writer has."""

# By which sign a file is taken for unchanged, what hash files say, and how far the
# index has come. The last line is the format.
OWN = """
CREATE TABLE sign (number INTEGER PRIMARY KEY, device INTEGER NOT NULL,
    inode INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL);
CREATE INDEX sign_inode ON sign (inode);
CREATE TABLE claim (source INTEGER NOT NULL, folder TEXT NOT NULL,
    name TEXT NOT NULL, digest BLOB NOT NULL);
CREATE INDEX claim_source ON claim (source);
CREATE INDEX claim_target ON claim (folder, name);
CREATE TABLE stand (complete INTEGER NOT NULL, published INTEGER NOT NULL,
    lost INTEGER NOT NULL);
INSERT INTO stand VALUES (0, 0, 0);
PRAGMA user_version = 1;
"""
KNOWN = """
SELECT name, file.number, size, device, inode, sign.modified, changed
FROM file LEFT JOIN sign ON sign.number = file.number WHERE folder = ?
"""
TWIN = """
SELECT file.number, size, file.modified, sha256, sha512 FROM sign
JOIN file ON file.number = sign.number
WHERE inode = ? AND device = ? AND sign.modified = ? AND changed = ? AND size = ?
"""
PIECES = "SELECT length, sha256, sha1 FROM pieces WHERE number = ?"
OF_FILES = ("pieces", "sign", "file")
EMPTY = """
DELETE FROM folder WHERE id NOT IN (SELECT folder FROM file) AND path <> ''
AND id NOT IN (SELECT parent FROM folder WHERE parent IS NOT NULL)
"""
BEFORE = """
SELECT number, size, modified, sha256, sha512 FROM file WHERE folder = ? AND name = ?
"""
NUMBER = """
SELECT number FROM file JOIN folder ON folder.id = file.folder
WHERE folder.path = ? AND file.name = ?
"""
CHANGE = """
UPDATE file SET size = ?, modified = ?, sha256 = ?, sha512 = ?, disputed = ?
WHERE number = ?
"""
TAKE_IN = """
INSERT INTO file (folder, name, size, modified, sha256, sha512, disputed)
VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number
"""
ADD = "INSERT INTO folder (path, parent, name) VALUES (?, ?, ?) RETURNING id"
