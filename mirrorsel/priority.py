"""The priority of a thread whose work can wait."""

import contextlib
import os
import subprocess
import threading

_NICEST = 19
_SECONDS = 5.0


def give_way(*, disks: bool = False) -> None:
    """Let everything else on this machine go before the calling thread.

    That is nice 19, and for disks the idle class, as far as they know of classes. Both
    are Linux's, by thread; where they cannot be set the work is done all the same.

    Args:
        disks: Whether on disks too, which takes another program some milliseconds.

    """
    thread = threading.get_native_id()
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, thread, _NICEST)
    if disks:
        _give_way_on_disks(thread)


def _give_way_on_disks(thread: int) -> None:
    # Python has no call for it; the program is util-linux's or BusyBox's.
    command = ("ionice", "-c", "3", "-p", str(thread))
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - fixed but for a number
