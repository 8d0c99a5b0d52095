"""How wsgi.py tells where it is loaded, and where its log goes."""

import io
import logging
from types import ModuleType

import pytest

from mirrorsel.httpd.process import in_checker, log_to_server, server_module


def _server(**attributes: object) -> ModuleType:
    module = ModuleType("mod_wsgi")
    vars(module).update(attributes)
    return module


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        pytest.param(_server(process_group="mirrorsel-checker"), True, id="checker"),
        pytest.param(_server(process_group="mirrorsel"), False, id="web"),
        pytest.param(_server(process_group=""), False, id="embedded"),
        pytest.param(_server(), False, id="another server"),
    ],
)
def test_the_process_group_tells(server: ModuleType, *, expected: bool) -> None:
    """Only the group of the checker runs the checker."""
    assert in_checker(server) is expected


def test_outside_of_httpd_nothing_is_the_checker() -> None:
    """mod_wsgi's package may be there or not; its process group is not."""
    assert not in_checker()
    assert server_module("mirrorsel.no_such_module") is None


@pytest.mark.parametrize(
    ("server", "handler"),
    [
        pytest.param(
            _server(LogHandler=logging.NullHandler),
            logging.NullHandler,
            id="mod_wsgi 6",
        ),
        pytest.param(_server(), logging.StreamHandler, id="older, or another server"),
    ],
)
def test_where_the_log_goes(server: ModuleType, handler: type[logging.Handler]) -> None:
    """Records from INFO on go to mod_wsgi's handler, else to standard error."""
    logger = logging.getLogger(f"mirrorsel.{handler.__name__}")
    log_to_server(server, logger)

    assert [handler] == [type(one) for one in logger.handlers]
    assert logger.level == logging.INFO


def test_each_line_has_its_name() -> None:
    """Every line of a message begins with the logger's name."""
    stream = io.StringIO()
    logger = logging.getLogger("mirrorsel.lines")
    log_to_server(_server(LogHandler=lambda: logging.StreamHandler(stream)), logger)
    logger.info("one\ntwo %d", 2)

    assert stream.getvalue() == "mirrorsel.lines: one\nmirrorsel.lines: two 2\n"
