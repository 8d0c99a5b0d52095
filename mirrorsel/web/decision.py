"""What is answered, by the first of the parameters that decides."""

from collections.abc import Callable

from falcon import HTTP_302, HTTPBadRequest, Response

from mirrorsel.model import Kind
from mirrorsel.version import own_version
from mirrorsel.web.asked import Asked, checked
from mirrorsel.web.headers import put_private, put_text
from mirrorsel.web.json import put_json
from mirrorsel.web.lasting import always, leave
from mirrorsel.web.published import is_published, retired_page
from mirrorsel.web.target import escaped


def answer(
    asked: Asked, response: Response, show: Callable[[Asked, Response], None]
) -> None:
    """Answer by the first rule that applies: base, action, JSON, attic, page.

    Raises:
        HTTPBadRequest: the target is refused or missing, or the action is unknown.

    """
    put_private(response)
    if asked.query.get("preferred") == "true":
        put_text(response, asked.suggest(response, "").url)
        leave(asked.environ, always)
    elif action := asked.query.get("action"):
        _act(asked, action, response)
    elif asked.query.wants_json:
        _put_document(asked, response)
    elif page := retired_page(asked.realm.sources.settings, asked.target):
        _redirect(response, page)
    else:
        show(asked, response)


def _act(asked: Asked, action: str, response: Response) -> None:
    if action == "download":
        _download(asked, response)
    elif action == "info":
        put_text(response, _information(asked))
    elif action == "catlog":
        # No request ever looks anything up there.
        put_text(response, "archive look-ups: 0\n")
    else:
        raise HTTPBadRequest(title="unknown action")


def _download(asked: Asked, response: Response) -> None:
    path = checked(asked.query.get("filename") or asked.query.target)
    if not path:
        raise HTTPBadRequest(title="No file was asked for: name it with filename=")
    _redirect(response, asked.suggest(response, path).url + escaped(path))


def _redirect(response: Response, url: str) -> None:
    response.status = HTTP_302
    response.set_header("Location", url)


def _information(asked: Asked) -> str:
    mirrors = asked.realm.sources.mirrors
    dated = mirrors.dated.strftime("%Y-%m-%d %H:%M UTC") if mirrors.dated else "unknown"
    return (
        f"mirrorsel {own_version()}\n"
        f"list date: {dated}\n"
        f"mirrors: {len(mirrors.mirrors)}\n"
        f"country: {asked.country}\n"
    )


def _put_document(asked: Asked, response: Response) -> None:
    path, realm = asked.target, asked.realm
    # `look` must not hold on to the realm: see `Holds`.
    settings, tree = realm.sources.settings, realm.tree

    def look() -> tuple[bool, bool, bool]:
        """Return all that may change while the realm is the same."""
        usable = tree is not None and tree.usable
        retired = retired_page(settings, path) is not None
        return is_published(settings, tree, path), retired, usable

    seen = look()
    in_dist, in_attic, _ = seen
    chosen = asked.suggest(response, path)
    document = {
        "backup": [one.url for one in asked.backups],
        "cca2": asked.country,
        "ftp": [one.url for one in asked.listed(Kind.FTP, path)],
        "http": [one.url for one in asked.alternatives(path, chosen)],
        "in_attic": in_attic,
        "in_dist": in_dist,
        "path_info": path,
        "preferred": chosen.url,
    }
    put_json(response, document)
    leave(asked.environ, lambda: look() == seen)
