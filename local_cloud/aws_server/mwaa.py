"""Amazon MWAA beside moto, which lacks it: environments kept in memory, with the limits of AWS's own API.

Source: Amazon MWAA API Reference, CreateEnvironment, UpdateEnvironment and NetworkConfiguration.
An environment is there at once; the half hour that AWS takes is not simulated.
"""

import hashlib
import json
import re
import threading
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ACCOUNT: Final = "123456789012"
_SCOPE: Final = re.compile(r"Credential=[^/]+/\d+/([^/]+)/airflow/aws4_request")
_NAME: Final = re.compile(r"[a-zA-Z][0-9a-zA-Z\-_]{0,79}")
_SUBNETS: Final = 2
_MOST_GROUPS: Final = 5
_DEFAULTS: Final[Mapping[str, Any]] = {
    "AirflowVersion": "2.10.3",
    "EndpointManagement": "SERVICE",
    "EnvironmentClass": "mw1.small",
    "LoggingConfiguration": {},
    "MaxWebservers": 2,
    "MaxWorkers": 10,
    "MinWebservers": 2,
    "MinWorkers": 1,
    "Schedulers": 2,
    "WebserverAccessMode": "PUBLIC_ONLY",
    "WeeklyMaintenanceWindowStart": "SUN:00:00",
}
_ROUTES: Final = Map(
    [
        Rule("/environments", endpoint="list", methods=["GET"]),
        Rule("/environments/<name>", endpoint="get", methods=["GET"]),
        Rule("/environments/<name>", endpoint="create", methods=["PUT"]),
        Rule("/environments/<name>", endpoint="update", methods=["PATCH"]),
        Rule("/environments/<name>", endpoint="delete", methods=["DELETE"]),
    ]
)


class RefusedError(Exception):
    """What MWAA refuses: its error's type, its text and the HTTP status."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class Environments:
    """All environments of all Regions, by Region and name."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], dict[str, Any]] = {}
        self._lock = threading.Lock()

    def answer(self, operation: str, region: str, name: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """Carry out one operation.

        Raises:
            RefusedError: MWAA would refuse it.
        """
        with self._lock:
            match operation:
                case "list":
                    return {"Environments": sorted(kept for where, kept in self._kept if where == region)}
                case "create":
                    return self._create(region, name, asked)
                case "get":
                    return {"Environment": self._found(region, name)}
                case "update":
                    return self._update(region, name, asked)
                case _:
                    self._found(region, name)
                    del self._kept[region, name]
                    return {}

    def _create(self, region: str, name: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        if not _NAME.fullmatch(name):
            raise RefusedError("ValidationException", f"Environment name {name} is not valid")
        if (region, name) in self._kept:
            raise RefusedError("ValidationException", f"Environment with name {name} already exists")
        network = asked.get("NetworkConfiguration") or {}
        subnets = network.get("SubnetIds") or []
        if len(subnets) != _SUBNETS or len(set(subnets)) != _SUBNETS:
            raise RefusedError(
                "ValidationException",
                f"SubnetIds: exactly {_SUBNETS} subnets are required, got {len(subnets)}",
            )
        _check_groups(network)
        managed = asked.get("EndpointManagement") or "SERVICE"
        arn = f"arn:aws:airflow:{region}:{ACCOUNT}:environment/{name}"
        self._kept[region, name] = {
            **_DEFAULTS,
            **asked,
            "Name": name,
            "Arn": arn,
            "CreatedAt": 0,
            "Status": "PENDING" if managed == "CUSTOMER" else "AVAILABLE",
            "WebserverUrl": f"{name}.c1.{region}.airflow.amazonaws.com",
            "ServiceRoleArn": f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/airflow.amazonaws.com/local",
            "DatabaseVpcEndpointService": _service(region, name, "database"),
            "WebserverVpcEndpointService": _service(region, name, "webserver"),
        }
        return {"Arn": arn}

    def _update(self, region: str, name: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        kept = self._found(region, name)
        changes = dict(asked)
        network = changes.pop("NetworkConfiguration", None)
        if network is not None:
            _check_groups(network)
            kept["NetworkConfiguration"] = {
                **kept["NetworkConfiguration"],
                "SecurityGroupIds": network["SecurityGroupIds"],
            }
        kept.update(changes)
        return {"Arn": kept["Arn"]}

    def _found(self, region: str, name: str) -> dict[str, Any]:
        try:
            return self._kept[region, name]
        except KeyError as error:
            raise RefusedError(
                "ResourceNotFoundException", f"Environment {name} not found", status=404
            ) from error


def with_mwaa(application: "WSGIApplication") -> "WSGIApplication":
    """Return an application that answers what is signed for MWAA itself, and hands on the rest."""
    environments = Environments()

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
        if scope is None:
            return application(environ, start_response)
        return _respond(environments, Request(environ), scope[1])(environ, start_response)

    return serve


def _respond(environments: Environments, request: Request, region: str) -> Response:
    try:
        operation, values = _ROUTES.bind_to_environ(request.environ).match()
        asked = json.loads(request.get_data(as_text=True) or "{}")
        answer, status, headers = (
            environments.answer(operation, region, values.get("name", ""), asked),
            200,
            {},
        )
    except RefusedError as error:
        answer, status, headers = {"message": str(error)}, error.status, {"x-amzn-ErrorType": error.code}
    except HTTPException as error:
        message = "the local MWAA has no such operation"
        answer, status, headers = (
            {"message": message},
            error.code or 404,
            {"x-amzn-ErrorType": "AccessDeniedException"},
        )
    return Response(json.dumps(answer), status, headers, mimetype="application/json")


def _service(region: str, name: str, part: str) -> str:
    """Return the endpoint service of a part of an environment, which no other has."""
    digest = hashlib.sha256(f"{region}/{name}/{part}".encode()).hexdigest()
    return f"com.amazonaws.vpce.{region}.vpce-svc-0{digest[:16]}"


def _check_groups(network: Mapping[str, Any]) -> None:
    groups = network.get("SecurityGroupIds") or []
    if not 1 <= len(groups) <= _MOST_GROUPS:
        raise RefusedError(
            "ValidationException",
            f"SecurityGroupIds: 1 to {_MOST_GROUPS} security groups are required, got {len(groups)}",
        )
