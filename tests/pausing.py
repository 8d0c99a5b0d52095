"""Pauses of this whole process, as a busy or frozen machine makes them."""

import ctypes


def pause(seconds: float) -> None:
    """Let no thread of this process run for a while."""
    # Unlike other calls of the system, one by PyDLL keeps the interpreter's lock.
    ctypes.PyDLL(None).usleep(int(seconds * 1_000_000))
