"""What statuses say, whatever the protocol: HTTP, FTP and the rsync client."""

NOT_THERE = frozenset({404, 410, 550, 23})
"""There is no such file.

By HTTP (RFC 9110, section 15.5), FTP (RFC 959, section 4.2) and rsync(1).
"""
BUSY = frozenset({421, 429, 503})
"""The server wants to be left alone."""
