"""The URLs of a mirror's folders."""

from urllib.parse import quote, unquote, urlsplit


def url_of_folder(base: str, folder: str) -> str:
    """Return the URL of a folder, by its path below the base; empty for the base."""
    return f"{base}{quote(folder)}/" if folder else base


def leads_to(url: str, folder: str) -> bool:
    """Return whether a URL may be that of a folder: it ends in the folder's path."""
    path = unquote(urlsplit(url).path)
    return path.endswith(f"/{folder}/" if folder else "/")
