"""What mod_wsgi, or another WSGI server, loads to run mirrorsel."""

import os
from pathlib import Path

from mirrorsel.httpd.process import in_checker, log_to_server

_beside = Path(__file__).with_name("mirrorsel.toml")
_settings_file = Path(os.environ.get("MIRRORSEL_CONFIG") or _beside)

log_to_server()
if in_checker():
    from mirrorsel.checker.service import run

    run(_settings_file)
else:
    from mirrorsel.web.entry import create_application

    application = handle_request = create_application(_settings_file)
