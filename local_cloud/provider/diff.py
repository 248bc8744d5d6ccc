"""Diff: which properties change, and which changes make a new resource."""

import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from local_cloud.provider.schema import Property, properties_of
from local_cloud.provider.values import Props, has_unknown

_SOURCES: Final = ("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId")
_PROTOCOLS: Final = {"tcp": "6", "udp": "17", "icmp": "1", "icmpv6": "58", "all": "-1"}
# Lists that AWS keeps as sets: their order means nothing.
_ORDERED: Final = frozenset({"entries"})


class Difference(NamedTuple):
    """The changed properties, those that replace, and whether the old resource must go first."""

    changed: tuple[str, ...]
    replacing: tuple[str, ...]
    delete_before_replace: bool


def diff(token: str, olds: Props, state: Props, news: Props, ignored: tuple[str, ...]) -> Difference:
    """Compare checked inputs.

    Args:
        token: The type.
        olds: The inputs of the last deployment.
        state: The outputs, as last read.
        news: The inputs wanted now.
        ignored: Properties whose change the program ignores.
    """
    schema = properties_of(token)
    changed = tuple(
        key
        for key, each in schema.items()
        if each.is_input and key not in ignored and _differs(each, olds, state, news)
    )
    replacing = tuple(key for key in changed if _replaces(schema[key], olds, news))
    return Difference(changed, replacing, token == "aws:ec2/securityGroupRule:SecurityGroupRule")  # noqa: S105


def _differs(each: Property, olds: Props, state: Props, news: Props) -> bool:
    key = each.name
    if key not in news:
        # An optional property that the provider computes keeps what AWS has when the program drops it.
        return key in olds and not each.computed
    return _normal(key, news[key]) != _normal(key, state.get(key, olds.get(key)))


def _replaces(each: Property, olds: Props, news: Props) -> bool:
    when = str(each.flags.get("replacesWhen", ""))
    if when.startswith("the kind of source"):
        return [key for key in _SOURCES if news.get(key)] != [key for key in _SOURCES if olds.get(key)]
    if when.startswith("vpcEndpointType is not Interface"):
        return news.get("vpcEndpointType") != "Interface"
    if when.startswith("the major number grows"):
        return _major(news.get(each.name)) > _major(olds.get(each.name))
    return each.replaces or when.startswith("any change")


def _major(version: object) -> int:
    text = str(version or "0").split(".")[0]
    return int(text) if text.isdigit() else 0


def _normal(key: str, value: Any) -> Any:  # noqa: ANN401 - any value of a bag
    if value in (None, "", [], {}):
        return None
    if has_unknown(value):
        return value
    if isinstance(value, list) and key not in _ORDERED:
        return sorted(
            (_normal("", each) for each in value), key=lambda each: json.dumps(each, sort_keys=True)
        )
    if isinstance(value, Mapping):
        return {name: _normal(name, each) for name, each in value.items() if name != "__defaults"}
    if key in ("protocol", "ipProtocol"):
        return _PROTOCOLS.get(str(value).lower(), str(value).lower())
    if key == "policy" and isinstance(value, str):
        return json.dumps(json.loads(value), sort_keys=True)
    return value
