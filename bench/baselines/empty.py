"""An application that does nothing, for comparison."""

import falcon

_PLENTY = b"x" * 1_000_000


class Nothing:
    """Answers at once."""

    def on_get(
        self, _request: falcon.Request, response: falcon.Response, target: str
    ) -> None:
        """Answer with a letter."""
        del target
        response.text = "x"


class Plenty:
    """Answers at once, with many bytes."""

    def on_get(
        self, _request: falcon.Request, response: falcon.Response, size: int
    ) -> None:
        """Answer with so many bytes."""
        response.data = _PLENTY[:size]


application = falcon.App()
application.add_route("/{target:path}", Nothing())
application.add_route("/bytes/{size:int}", Plenty())
