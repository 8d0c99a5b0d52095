"""Defects of an instance, and what a doctor says of each."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from tests.instance.harms import (
    NOW,
    Defect,
    add,
    broken_list,
    disable,
    future_list,
    lost_wsgi,
    mode,
    other_python,
    owner,
    parameter,
    remove,
    see,
    settings,
    unit,
    write,
)

ANYWHERE: Mapping[str, Defect] = MappingProxyType(
    {
        "a wrong setting": Defect(
            settings("[web]\nlinks = 99"),
            "settings",
            "fail",
            "mirrorsel.toml:10:1: `links` must be",
            "mend them",
        ),
        "no settings": Defect(remove("mirrorsel.toml"), "settings", "fail", "read", ""),
        "a broken list": Defect(
            broken_list,
            "list",
            "fail",
            "instead of it the last good one,",
            "mend these lines",
        ),
        "no list": Defect(remove("mirrors.list"), "list", "fail", "cannot be read", ""),
        "a doubtful list": Defect(
            write("mirrors.list", "http xx http://127.0.0.1:1/ -\n"),
            "list",
            "warn",
            "warnings: 1",
            "mirrorsel lint",
        ),
        "another wsgi.py": Defect(
            write("wsgi.py", "# changed\n"),
            "copy",
            "warn",
            "wsgi.py is not the wsgi.py that came",
            "cp ",
        ),
        "another mirrorsel.conf": Defect(
            write("httpd-conf/mirrorsel.conf", "# changed\n"),
            "copy",
            "warn",
            "mirrorsel.conf is not the mirrorsel.conf that came",
            "cp ",
        ),
        "no wsgi.py": Defect(
            remove("wsgi.py"), "copy", "fail", "is missing", "install -D "
        ),
        "no counters": Defect(
            remove("counters"),
            "counters",
            "warn",
            "counts for itself",
            "install --directory --owner=",
        ),
        "nothing published": Defect(
            lambda well: well.state.published_list.unlink(),
            "published",
            "fail",
            "there is no",
            "log",
        ),
        "an old snapshot": Defect(
            see(taken=NOW - timedelta(days=2)),
            "snapshot",
            "fail",
            "the last cycle ended 2 d ago",
            "restart httpd",
        ),
        "frozen cycles": Defect(
            see(frozen_since=NOW - timedelta(hours=3)),
            "frozen",
            "warn",
            "not been believed for 3 h",
            "reaches the origin",
        ),
        "a damaged snapshot": Defect(
            write("state/snapshot", "{"),
            "snapshot",
            "fail",
            "cannot be read",
            "remove that file",
        ),
        "a checker that fails": Defect(
            write("state/starts", '{"format":1,"unfinished":5}'),
            "starts",
            "fail",
            "started 5 times",
            "error log of httpd",
        ),
        "no database at all": Defect(
            settings('[geoip]\ndatabase = "wsgi.py"'),
            "database",
            "fail",
            "damaged or not in the MaxMind DB format",
            "mirrorsel geoip update",
        ),
        "a snapshot of tomorrow": Defect(
            see(taken=NOW + timedelta(days=1)),
            "future",
            "warn",
            "the end of the last cycle is 24 h in the future",
            "timedatectl",
        ),
        "a list of tomorrow": Defect(
            future_list,
            "future",
            "warn",
            "mirrors.list is 24 h in the future",
            "timedatectl",
        ),
        "a module is missing": Defect(
            disable("mods-enabled/macro.load"),
            "modules",
            "fail",
            "missing: macro",
            "a2enmod macro",
        ),
        "httpd refuses": Defect(
            disable("mods-enabled/macro.load"),
            "configuration",
            "fail",
            "mirrorsel needs mod_macro",
            "a2enmod macro",
        ),
        "no mod_wsgi": Defect(
            lost_wsgi,
            "mod_wsgi",
            "fail",
            "which is not there",
            "--force-reinstall mod_wsgi",
        ),
        "a mod_wsgi for another Python": Defect(
            other_python,
            "mod_wsgi",
            "fail",
            "was built for Python 9.",
            "--force-reinstall mod_wsgi",
        ),
        "a library is missing": Defect(
            other_python,
            "configuration",
            "fail",
            "libpython9.",
            "a Python that is gone",
        ),
        "ExecCGI": Defect(
            add(
                "conf-enabled/zz.conf",
                "<Directory /srv>\nOptions +ExecCGI\n</Directory>",
            ),
            "exec-cgi",
            "warn",
            "zz.conf:4",
            "mirrorsel audit",
        ),
        "no virtual host": Defect(
            disable("sites-enabled/downloads.example.org.conf"),
            "mapping",
            "fail",
            "maps no request",
            "Use MirrorselVhost",
        ),
        "nobody starts a checker": Defect(
            parameter("Define MIRRORSEL_NO_CHECKER"),
            "starters",
            "fail",
            "neither httpd nor",
            "MIRRORSEL_NO_CHECKER",
        ),
        "two start a checker": Defect(
            unit, "starters", "warn", "both start a checker", "systemctl disable --now"
        ),
        "no account": Defect(
            parameter("Define MIRRORSEL_USER nobody-of-that-name"),
            "account",
            "fail",
            "no account nobody-of-that-name",
            "mirrorsel init",
        ),
        "another environment": Defect(
            parameter("Define MIRRORSEL_PYTHON /usr"),
            "environment",
            "warn",
            "httpd runs mirrorsel in /usr",
            "/usr/bin/mirrorsel doctor",
        ),
    }
)
"""Those that whoever runs the tests can make."""

BY_ROOT: Mapping[str, Defect] = MappingProxyType(
    {
        "closed settings": Defect(
            mode("mirrorsel.toml", 0o600), "rights", "fail", "cannot read", "chmod o+r"
        ),
        "a closed list": Defect(
            mode("mirrors.list", 0o600), "rights", "fail", "mirrors.list", "chmod o+r"
        ),
        "a closed wsgi.py": Defect(
            mode("wsgi.py", 0o600), "rights", "fail", "wsgi.py", "chmod o+r"
        ),
        "a closed folder": Defect(
            mode("", 0o700), "rights", "fail", "as it cannot enter", "chmod o+x"
        ),
        "a list of the web's own": Defect(
            owner("mirrors.list", "web"),
            "rights",
            "fail",
            "mirrors.list, and must not",
            "chown root",
        ),
        "a folder of the checker's own": Defect(
            owner("", "checker"),
            "unsafe",
            "fail",
            "can be written by others than root",
            "only root",
        ),
        "everybody writes": Defect(
            mode("wsgi.py", 0o666),
            "rights",
            "fail",
            "wsgi.py, and must not",
            "chmod go-w",
        ),
    }
)
"""Those that need other accounts."""

BY_THREE: Mapping[str, Defect] = MappingProxyType(
    {
        "a state of the web's own": Defect(
            owner("state", "web"), "state-owner", "warn", "should write it", "chown -R"
        ),
        "what the web writes of the checker": Defect(
            owner("state", "web"), "rights", "fail", "can write", ""
        ),
        "counters of the checker": Defect(
            owner("counters", "checker"), "rights", "fail", "cannot write", "chown"
        ),
    }
)
"""Those that need the accounts of an instance."""
