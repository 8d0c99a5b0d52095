"""Calls with defects."""

import pytest

from mirrorsel.checker.supervisor import Supervisor


def fine() -> bool:
    """Do something."""
    return True


def idle() -> bool:
    """Have nothing to do."""
    return False


def faulty() -> bool:
    """Have a defect."""
    raise LookupError("a")


def test_calls_are_passed_on() -> None:
    """A call without a defect answers as it does, without a pause."""
    supervisor = Supervisor()

    assert (supervisor.call(fine), supervisor.call(idle)) == (True, False)
    assert supervisor.pause == 0


def test_pause_grows() -> None:
    """The pause doubles with each defect up to a minute, and ends with a success."""
    supervisor = Supervisor()
    pauses = []
    for _ in range(9):
        supervisor.call(faulty)
        pauses.append(supervisor.pause)
    supervisor.call(idle)

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert supervisor.pause == 60
    assert supervisor.call(fine)
    assert supervisor.pause == 0


def test_defect_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """The same defect is told once, with its traceback, until a call went well."""
    supervisor = Supervisor()
    for work in (faulty, faulty, idle, faulty, fine, faulty):
        supervisor.call(work)

    assert caplog.text.count("the checker has a defect") == 2
    assert caplog.text.count("Traceback") == 2


def test_end_of_the_process_is_no_defect() -> None:
    """What is to end the process does."""

    def end() -> bool:
        raise SystemExit(0)

    with pytest.raises(SystemExit):
        Supervisor().call(end)
