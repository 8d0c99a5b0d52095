"""`mirrorsel doctor`: what is wrong with an instance, and what to do."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from mirrorsel.cli.doctor_shown import exit_code, print_findings, print_json
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.instance.examination import examine
from mirrorsel.instance.seen.scene import set_scene


@click.command(
    "doctor",
    epilog=examples(
        ("mirrorsel doctor --config /etc/mirrorsel/mirrorsel.toml", "all is looked at"),
        (
            "mirrorsel doctor --httpd-config /etc/apache2-second",
            "with the configuration of another httpd than the usual one",
        ),
        ("mirrorsel doctor --online", "the origin is asked for the time too"),
        (
            "mirrorsel doctor --json | jq '.findings[] | select(.level != \"ok\")'",
            "what is not well, for a program",
        ),
    ),
)
@config_option
@click.option(
    "--httpd-config",
    metavar="PATH",
    type=click.Path(path_type=Path, exists=True),
    help="httpd's configuration, or its folder.  [default: what httpd itself reads]",
)
@click.option(
    "--no-httpd", is_flag=True, help="No httpd of this machine belongs to the instance."
)
@click.option("--online", is_flag=True, help="Ask the origin for the time.")
@click.option("--strict", is_flag=True, help="Let warnings count as findings.")
@json_option
@click.pass_obj
def command(  # noqa: PLR0913 - one argument for each option
    clock: Callable[[], datetime] | None,
    config: Path,
    *,
    httpd_config: Path | None,
    no_httpd: bool,
    online: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Say what is wrong with an instance, and what to do for each.

    It looks at versions, httpd's configuration and modules, settings, list and copies,
    what the accounts can read and write, the state folder, the checker, GeoIP
    databases and the clock. Nothing is changed, and without --online nothing is asked
    of the network. Whether files of a document root can run is for `mirrorsel audit`.

    Best run as root, who can try what each account may do; others see less, and are
    told what they could not see.

    Exits with 1 when something is wrong, with 2 when something could not be seen.
    Warnings do not count.
    """
    advise_own_files(config)
    wall = clock or _wall
    scene = set_scene(config, wall(), httpd_config=httpd_config, httpd=not no_httpd)
    found = tuple(examine(scene, wall if online else None))
    if as_json:
        print_json(scene.config, found)
    else:
        print_findings(found)
    sys.exit(exit_code(found, strict=strict))


def _wall() -> datetime:
    return datetime.now(UTC)
