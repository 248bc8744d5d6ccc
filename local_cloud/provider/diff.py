"""Diff: which properties change, and which changes make a new resource."""

import json
from typing import Any, Final, NamedTuple

from local_cloud.provider.schema import Property, properties_of
from local_cloud.provider.values import Props, has_unknown

_SOURCES: Final = ("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId")
_PROTOCOLS: Final = {"tcp": "6", "udp": "17", "icmp": "1", "icmpv6": "58", "all": "-1"}


class Difference(NamedTuple):
    """The changed properties, and those of them that replace."""

    changed: tuple[str, ...]
    replacing: tuple[str, ...]


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
    return Difference(changed, replacing)


def _differs(each: Property, olds: Props, state: Props, news: Props) -> bool:
    key = each.name
    if key not in news:
        # An optional property that the provider computes keeps what AWS has when the program drops it.
        return key in olds and not each.computed
    before: object = _normal(key, state.get(key, olds.get(key)))
    return bool(_normal(key, news[key]) != before)


def _replaces(each: Property, olds: Props, news: Props) -> bool:
    when = str(each.flags.get("replacesWhen", ""))
    if when.startswith("the kind of source"):
        replaces = [key for key in _SOURCES if news.get(key)] != [key for key in _SOURCES if olds.get(key)]
    elif when.startswith("vpcEndpointType is not Interface"):
        replaces = news.get("vpcEndpointType") != "Interface"
    elif when.startswith("the major number grows"):
        replaces = _major(news.get(each.name)) > _major(olds.get(each.name))
    else:
        replaces = each.replaces or when.startswith("any change") or _part_replaces(each, olds, news)
    return replaces


def _part_replaces(each: Property, olds: Props, news: Props) -> bool:
    """Tell whether a part of an object changes whose change replaces, such as an environment's subnets."""
    before, after = olds.get(each.name), news.get(each.name)
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return False
    return any(
        flags["replaces"] and bool(_normal(key, before.get(key)) != _normal(key, after.get(key)))
        for key, flags in each.flags.get("nested", {}).items()
    )


def _major(version: object) -> int:
    text = str(version or "0").split(".")[0]
    return int(text) if text.isdigit() else 0


def _normal(key: str, value: Any) -> Any:  # noqa: ANN401 - any value of a bag
    """Return a value so that two spellings of the same thing are equal."""
    normal = value
    if value in (None, "", [], {}):
        normal = None
    elif has_unknown(value):
        pass
    elif isinstance(value, list):
        normal = sorted(
            (_normal("", each) for each in value), key=lambda each: json.dumps(each, sort_keys=True)
        )
    elif isinstance(value, dict):
        normal = {name: _normal(name, each) for name, each in value.items() if name != "__defaults"}
    elif key == "policy":
        normal = json.dumps(json.loads(value), sort_keys=True)
    elif key in ("protocol", "ipProtocol"):
        normal = _PROTOCOLS.get(str(value).lower(), str(value).lower())
    return normal
