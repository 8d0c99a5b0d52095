"""The virtual hosts of a site, under the old configuration and under ours."""

from tests.attack.planted import Site
from tests.httpd.served import Order

_MODULES = (
    *("cgid", "lua", "mime", "negotiation", "include", "actions", "rewrite"),
    *("dav", "dav_fs"),
)
"""All that could execute something is loaded, and waits to be asked."""

_SERVER = "ScriptSock cgid.sock\nTypesConfig /dev/null\n"
_HOST = """
<VirtualHost *>
    ServerName {name}.example
    DocumentRoot "{folder}"
    <Directory "{folder}">
        Require all granted
    </Directory>
    {rules}
</VirtualHost>
"""
_OLD = """<Directory "{folder}">
        Options +ExecCGI +FollowSymLinks
        AllowOverride All
        AddHandler cgi-script .cgi
    </Directory>"""
_NEW = """Use MirrorselVhost
    Use MirrorselDocumentRoot "{folder}\""""
# What a server-wide configuration may still have from the old days.
LEFT_OVER = """
Options +ExecCGI
AddHandler cgi-script .cgi .sh .pl
AddHandler type-map var
AddType application/x-httpd-cgi .cgi
"""


def under_the_old(site: Site) -> Order:
    """Return the site under CGI, as it was in 2009."""
    return Order(modules=_MODULES, extra=_SERVER + _hosts(site, _OLD))


def under_ours(site: Site, more: str = "") -> Order:
    """Return the site under the shipped configuration."""
    return Order(modules=_MODULES, extra=_SERVER + more + _hosts(site, _NEW))


def _hosts(site: Site, rules: str) -> str:
    return "".join(
        _HOST.format(name=name, folder=folder, rules=rules.format(folder=folder))
        for name in site.names
        for folder in [site.documents(name)]
    )
