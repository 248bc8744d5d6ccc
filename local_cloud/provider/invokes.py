"""The functions a program may call: look-ups that change nothing."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from local_cloud.provider.aws import ec2
from local_cloud.provider.schema import UnknownNameError, nearest
from local_cloud.provider.values import Props


def invoke(token: str, arguments: Props, region: str, account: str) -> Props:
    """Answer a function for a provider of a Region and an account.

    Raises:
        UnknownNameError: The provider has no such function.
    """
    known = (*_FUNCTIONS, _CALLER)
    if token not in known:
        raise UnknownNameError(f"the local AWS provider has no function {token}{nearest(token, known)}")
    if token == _CALLER:
        return _caller(account)
    return _FUNCTIONS[token](arguments, arguments.get("region") or region)


def _zones(arguments: Props, region: str) -> Props:
    filters = [{"Name": each["name"], "Values": each["values"]} for each in arguments.get("filters") or ()]
    request: Any = {"Filters": filters} if filters else {}
    zones = [
        zone
        for zone in ec2(region).describe_availability_zones(**request)["AvailabilityZones"]
        if zone["ZoneId"] not in (arguments.get("excludeZoneIds") or ())
        and zone["ZoneName"] not in (arguments.get("excludeNames") or ())
    ]
    zones.sort(key=lambda zone: zone["ZoneName"])
    return {
        **arguments,
        "groupNames": sorted({region}),
        "id": region,
        "names": [zone["ZoneName"] for zone in zones],
        "region": region,
        "zoneIds": [zone["ZoneId"] for zone in zones],
    }


def _region(_arguments: Props, region: str) -> Props:
    return {
        "description": region,
        "endpoint": f"ec2.{region}.amazonaws.com",
        "id": region,
        "name": region,
        "region": region,
    }


def _partition(_arguments: Props, region: str) -> Props:
    china = region.startswith("cn-")
    suffix = "amazonaws.com.cn" if china else "amazonaws.com"
    partition = "aws-cn" if china else "aws"
    return {
        "dnsSuffix": suffix,
        "id": partition,
        "partition": partition,
        "reverseDnsPrefix": ".".join(reversed(suffix.split("."))),
    }


def _caller(account: str) -> Props:
    return {
        "accountId": account,
        "arn": f"arn:aws:iam::{account}:user/local",
        "id": account,
        "userId": "local",
    }


_CALLER: Final = "aws:index/getCallerIdentity:getCallerIdentity"
_FUNCTIONS: Final[Mapping[str, Callable[[Props, str], Props]]] = {
    "aws:index/getAvailabilityZones:getAvailabilityZones": _zones,
    "aws:index/getPartition:getPartition": _partition,
    "aws:index/getRegion:getRegion": _region,
}
