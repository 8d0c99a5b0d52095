"""The port that a private httpd listens on."""

import errno
import socket

from mirrorsel.errors import HttpdError


def claim_port(host: str, port: int) -> int:
    """Return a port on which httpd can listen.

    Args:
        host: an IPv4 or IPv6 address.
        port: the port wanted; 0 for any that is free.

    Raises:
        HttpdError: the port is taken, or may not be used.

    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        # As httpd does, so that connections of an earlier run do not matter.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise HttpdError(_explain(error, host, port)) from error
        free: int = listener.getsockname()[1]
        return free


def _explain(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is taken: choose another with --port"
    return f"cannot listen on port {port} of {host}: {error.strerror}"
