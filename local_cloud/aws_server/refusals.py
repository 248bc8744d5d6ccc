"""Refuses one call on request, as if the caller lacked the permission: for failures in the middle.

`POST /_local_cloud/refusal` with `{"call": 3}` counts calls that change something, from 1, and refuses the
third of them; with 0 it counts only. `GET` tells the count and the operation refused, if any. Until somebody
asks, nothing is counted.
"""

import io
import json
import re
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from moto.core.model import OperationModel
from moto.core.request import Request
from moto.core.routing import get_service_router
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH: Final = "/_local_cloud/refusal"
_SCOPE: Final = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request")
_NAMES: Final = {"airflow": "mwaa"}  # a signature may name a service otherwise than its API is named
_READING: Final = ("Describe", "Get", "Head", "List")
_ERROR: Final = "<Code>{code}</Code><Message>{message}</Message>"
_IN_XML: Final = {
    "ec2": ("UnauthorizedOperation", f"<Response><Errors><Error>{_ERROR}</Error></Errors></Response>"),
    "iam": ("AccessDenied", f"<ErrorResponse><Error>{_ERROR}</Error></ErrorResponse>"),
    "s3": ("AccessDenied", f"<Error>{_ERROR}</Error>"),
}


class Refusals:
    """What is counted, and which call is refused."""

    def __init__(self) -> None:
        self._call: int | None = None
        self._counted = 0
        self._refused: str | None = None
        self._lock = threading.Lock()

    @property
    def counting(self) -> bool:
        """Whether somebody asked to count."""
        return self._call is not None

    def ask(self, call: int) -> None:
        """Count anew, and refuse the call of this number; 0 for none."""
        with self._lock:
            self._call, self._counted, self._refused = call, 0, None

    def told(self) -> dict[str, object]:
        """Return how many calls were counted, and the operation that was refused."""
        return {"counted": self._counted, "refused": self._refused}

    def refuses(self, operation: OperationModel) -> bool:
        """Count a call, unless it only reads; tell whether it is the one to refuse."""
        if operation.name.startswith(_READING):
            return False
        with self._lock:
            self._counted += 1
            if self._counted != self._call:
                return False
            self._refused = operation.name
            return True


def with_refusals(application: "WSGIApplication") -> "WSGIApplication":
    """Return an application that refuses a call when asked to."""
    refusals = Refusals()

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") == PATH:
            return _asked(refusals, Request(environ))(environ, start_response)
        operation = _operation(environ) if refusals.counting else None
        if operation is None or not refusals.refuses(operation):
            return application(environ, start_response)
        return _refusal(operation)(environ, start_response)

    return serve


def _asked(refusals: Refusals, request: Request) -> Response:
    if request.method == "POST":
        refusals.ask(int(json.loads(request.get_data())["call"]))
    return Response(json.dumps(refusals.told()), mimetype="application/json")


def _operation(environ: "WSGIEnvironment") -> OperationModel | None:
    """Return the operation that a signed request asks for; what it holds can be read again afterwards."""
    scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    if scope is None:
        return None
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    try:
        request = Request({**environ, "wsgi.input": io.BytesIO(body)})
        return get_service_router(_NAMES.get(scope[1], scope[1])).match(request)[0]
    except NotFound:
        return None
    finally:
        environ["wsgi.input"] = io.BytesIO(body)


def _refusal(operation: OperationModel) -> Response:
    """Return what a service answers to a caller without the permission."""
    service = operation.service_model.service_name
    code, wrapped = _IN_XML.get(service, ("AccessDeniedException", ""))
    message = f"You are not authorized to perform this operation: {operation.name}."
    if not wrapped:
        body = json.dumps({"__type": code, "message": message})
        return Response(body, 400, {"x-amzn-ErrorType": code}, mimetype="application/json")
    return Response(wrapped.format(code=code, message=message), 403, mimetype="text/xml")
