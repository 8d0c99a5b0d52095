"""A private httpd: started, answering, and gone without a trace."""

import os
from pathlib import Path

import pytest

from mirrorsel.errors import HttpdError
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.httpd.conf import Options, render
from mirrorsel.httpd.locate import Httpd, locate
from mirrorsel.httpd.run import PrivateHttpd
from tests.httpd.served import Order, Served, serving
from tests.waiting import eventually

pytestmark = pytest.mark.httpd


@pytest.fixture
def options(public_folder: Path) -> Options:
    """Return the options of an httpd whose home has nothing but wsgi.py."""
    (public_folder / "wsgi.py").write_text("def application(*_):\n    return []\n")
    return Options(home=public_folder, accounts=choose_accounts())


def _group_lives(pid: int) -> bool:
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_all_of_it_ends() -> None:
    """After the context no process, no socket and no runtime folder is left."""
    with serving(Order()) as served:
        httpd = served.httpd
        pid = httpd.pid or 0
        lived = (httpd.running, httpd.layout.runtime.exists(), _group_lives(pid))

    assert lived == (True, True, True)
    assert (httpd.running, httpd.pid) == (False, None)
    assert not httpd.layout.runtime.exists()
    assert eventually(lambda: not _group_lives(pid))


def test_a_refused_configuration_is_told(options: Options) -> None:
    """What httpd says about its configuration is the message."""
    broken = Options(home=options.home, accounts=options.accounts, extra="Nonsense on")
    httpd = PrivateHttpd(broken)

    with pytest.raises(HttpdError, match=r"refuses .*(?s:.*)Nonsense"):
        httpd.__enter__()

    assert not httpd.layout.runtime.exists()


def test_a_log_folder_that_cannot_be_made_is_told(options: Options) -> None:
    """A file in the place of the folder is named."""
    logs = options.home / "wsgi.py"
    broken = Options(home=options.home, accounts=options.accounts, logs=logs)

    with pytest.raises(HttpdError, match=f"{logs} cannot be made: File exists"):
        PrivateHttpd(broken).__enter__()


def test_a_failed_start_is_told(options: Options) -> None:
    """An httpd that ends at once is told with its last words."""
    foreign = "Listen 192.0.2.1:80"
    broken = Options(home=options.home, accounts=options.accounts, extra=foreign)

    with pytest.raises(HttpdError, match="httpd did not start"):
        PrivateHttpd(broken).__enter__()


def test_a_silent_httpd_is_told(public_folder: Path, options: Options) -> None:
    """A program that runs and never answers is given up, and ended by force."""
    program = public_folder / "httpd"
    program.write_text(
        "#!/bin/sh\n"
        "for word; do case $word in -l|-t) exit 0;; esac; done\n"
        "trap '' TERM\nwhile :; do sleep 1; done\n"
    )
    program.chmod(0o755)
    real = locate()
    silent = Httpd(program=program, modules=real.modules, wsgi=real.wsgi)
    passing = iter(range(0, 1000, 5))
    httpd = PrivateHttpd(
        options,
        find=lambda: silent,
        clock=lambda: float(next(passing)),
        patience=0.2,
    )

    with pytest.raises(HttpdError, match=r"does not answer: it left no message"):
        httpd.__enter__()

    assert not httpd.running


def test_no_variable_of_the_shell_reaches_httpd(served: Served) -> None:
    """Nothing that an operator has set for other programs changes the server."""
    environ = Path(f"/proc/{served.httpd.pid}/environ").read_bytes()
    names = {one.split(b"=")[0] for one in environ.split(b"\0") if one}

    assert names <= {b"PATH", b"LANG", b"LD_LIBRARY_PATH"}


@pytest.mark.parametrize(
    ("host", "url"),
    [
        pytest.param("127.0.0.1", "http://127.0.0.1:{}", id="IPv4"),
        pytest.param("::1", "http://[::1]:{}", id="IPv6"),
    ],
)
def test_the_address(options: Options, host: str, url: str) -> None:
    """Its URL can be handed to a client as it is, and Listen understands it."""
    chosen = Options(home=options.home, accounts=options.accounts, host=host)
    with PrivateHttpd(chosen) as httpd:
        text = render(httpd.options, locate(), httpd.layout)

        assert url.format(httpd.options.port) == httpd.url
        assert f"Listen {httpd.url.removeprefix('http://')}\n" in text
