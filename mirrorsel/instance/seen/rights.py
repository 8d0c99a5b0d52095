"""What accounts can do with an instance's files, for the doctor to judge."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import mirrorsel
from mirrorsel.doctor.rights import Deed, Right, Rights
from mirrorsel.errors import HttpdError
from mirrorsel.httpd.access import check_package, closed_folder
from mirrorsel.httpd.accounts import Account, find_account
from mirrorsel.httpd.folders import check_way
from mirrorsel.instance.contents import SHIPPED_CONF
from mirrorsel.instance.seen.can import Wish, can
from mirrorsel.instance.seen.scene import Scene


def see_rights(scene: Scene) -> Rights:
    """Return what the accounts can do."""
    cast = scene.cast
    needed = [cast.web, cast.checker] if scene.setup else [cast.checker]
    names = [*needed, *([cast.httpd] if scene.setup and cast.httpd else [])]
    accounts = {name: find_account(name) for name in dict.fromkeys(names)}
    rights = [
        right
        for account in accounts.values()
        if account is not None
        for right in _rights(scene, account)
    ]
    return Rights(
        cast=cast,
        missing=tuple(name for name, found in accounts.items() if found is None),
        rights=tuple(rights),
        unsafe="" if _own(accounts.values()) else _unsafe(scene.folder),
    )


def _rights(scene: Scene, account: Account) -> Iterator[Right]:
    wanted = tuple(_there(_wanted(scene, account.user)))
    for (deed, path), held in zip(wanted, can(account, wanted), strict=True):
        yield _right(account, deed, path, wanted=True, held=held)
    if account.user in (scene.cast.web, scene.cast.checker):
        yield _runs(account)
    if account.uid == os.geteuid():
        # Who tries mirrorsel as themselves writes all of it by right.
        return
    own = {path for deed, path in wanted if deed is Deed.WRITE}
    kept = [path for path in _kept(scene) if path not in own]
    wishes = tuple(_there((Deed.WRITE, one) for one in kept))
    for (deed, path), held in zip(wishes, can(account, wishes), strict=True):
        owner = path.stat().st_uid == account.uid
        yield _right(account, deed, path, wanted=False, held=held or owner)


def _wanted(scene: Scene, user: str) -> Iterator[Wish]:
    """Yield what an account must be able to do."""
    settings, cast = scene.settings, scene.cast
    geoip, pages, tree = settings.geoip, settings.pages, settings.tree
    named = [geoip.database, geoip.asn_database]
    if user in (cast.web, cast.checker):
        yield from ((Deed.READ, one) for one in (scene.config, settings.list_file))
    if user == cast.checker:
        yield Deed.WRITE, scene.state.path
        if scene.setup and scene.setup.checker:
            yield Deed.READ, scene.script
    if scene.setup and user == cast.web:
        yield Deed.READ, scene.script
        yield Deed.READ, scene.state.published_list
        yield Deed.WRITE, settings.counters_folder
        named += [pages.default, pages.archive]
        for folder in (tree.folder, settings.attic.folder):
            if folder:
                yield Deed.ENTER, settings.path(folder)
    if user in (cast.web, cast.checker):
        yield from ((Deed.READ, settings.path(one)) for one in named if one)
    if scene.setup and user == cast.httpd:
        yield Deed.ENTER, scene.folder


def _kept(scene: Scene) -> Iterator[Path]:
    """Yield what no account may write but the one that it belongs to."""
    yield from (scene.folder, scene.config, scene.settings.list_file, scene.script)
    yield scene.folder / SHIPPED_CONF
    yield scene.state.path
    yield scene.settings.counters_folder
    yield Path(mirrorsel.__file__).parent


def _there(wishes: Iterable[Wish]) -> Iterator[Wish]:
    """Yield those for what is there; what is missing is told elsewhere."""
    for deed, path in wishes:
        try:
            path.stat()
        except PermissionError:
            yield deed, path
        except OSError:
            continue
        else:
            yield deed, path


def _right(
    account: Account, deed: Deed, path: Path, *, wanted: bool, held: bool | None
) -> Right:
    closed = None
    if wanted and held is False:
        closed = closed_folder(account, path)
    return Right(
        user=account.user,
        deed=deed,
        path=str(path),
        wanted=wanted,
        held=held,
        closed=str(closed or ""),
    )


def _runs(account: Account) -> Right:
    """Return whether an account can run Python with mirrorsel in it."""
    package = Path(mirrorsel.__file__).parent
    if account.uid != os.geteuid() != 0:
        [held] = can(account, [(Deed.READ, Path(mirrorsel.__file__))])
        return _right(account, Deed.RUN, package, wanted=True, held=held)
    try:
        check_package(account)
    except HttpdError:
        return _right(account, Deed.RUN, package, wanted=True, held=False)
    return _right(account, Deed.RUN, package, wanted=True, held=True)


def _own(accounts: Iterable[Account | None]) -> bool:
    """Return whether somebody other than root runs everything as themselves."""
    uid = os.geteuid()
    return uid != 0 and {one and one.uid for one in accounts} == {uid}


def _unsafe(folder: Path) -> str:
    try:
        check_way(folder / "any")
    except HttpdError as error:
        return str(error)
    except OSError:
        return ""
    return ""
