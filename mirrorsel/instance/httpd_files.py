"""The pieces of an httpd's configuration that an instance has ready."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from mirrorsel.httpd.accounts import CHECKER, WEB
from mirrorsel.instance.layout import Layout
from mirrorsel.instance.plan import Plan, Site
from mirrorsel.instance.template import fill

# Debian names the folder in a variable, on Red Hat's a link leads to it.
_LOGS: Mapping[Layout, str] = MappingProxyType(
    {Layout.DEBIAN: "${APACHE_LOG_DIR}", Layout.REDHAT: "logs"}
)


def httpd_files(plan: Plan, layout: Layout) -> Iterator[tuple[Path, str]]:
    """Yield each piece with its path below the folder of a configuration.

    Every one of them comes in force after those before it. Without mod_wsgi there is
    none, since they name its file.
    """
    if plan.wsgi is None:
        return
    loading = fill("load.conf", wsgi=plan.wsgi, python=plan.python)
    if layout is Layout.DEBIAN:
        text = f"{loading}\n{_parameters(plan)}"
        yield Path("conf-available", "mirrorsel.conf"), text
    else:
        # Before the file of the system's own package, 10-wsgi-python3.conf.
        yield Path("conf.modules.d", "10-mirrorsel.conf"), loading
        yield Path("conf.d", "mirrorsel.conf"), _parameters(plan)
    for site in plan.sites:
        yield _place(site, layout), _site(site, layout)


def _place(site: Site, layout: Layout) -> Path:
    if layout is Layout.DEBIAN:
        return Path("sites-available", f"{site.name}.conf")
    # httpd reads them in the order of their names: after the macros.
    return Path("conf.d", f"vhost-{site.name}.conf")


def _parameters(plan: Plan) -> str:
    return fill(
        "parameters.conf",
        folder=plan.folder,
        python=plan.python,
        accounts="".join(f'Define {name} "{value}"\n' for name, value in _named(plan)),
        no_checker="" if plan.by_systemd else "#",
    )


def _named(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the parameters that name accounts other than the usual ones."""
    for usual, role, prefix in (
        (WEB, plan.web, "MIRRORSEL"),
        (CHECKER, plan.checker, "MIRRORSEL_CHECKER"),
    ):
        if (role.user, role.group) != (usual, usual):
            yield f"{prefix}_USER", role.user
            yield f"{prefix}_GROUP", role.group


def _site(site: Site, layout: Layout) -> str:
    return fill("site.conf", name=site.name, root=site.root, logs=_LOGS[layout])
