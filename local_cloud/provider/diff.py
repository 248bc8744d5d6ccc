"""Diff: which properties change, and which changes make a new resource."""

import ipaddress
import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from local_cloud.provider.schema import Property, properties_of
from local_cloud.provider.values import Props, has_unknown

_SOURCES: Final = ("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId")
_PROTOCOLS: Final = {"tcp": "6", "udp": "17", "icmp": "1", "icmpv6": "58", "all": "-1"}
_POLICIES: Final = frozenset({"policy", "assumeRolePolicy"})
_ANY_CASE: Final = frozenset({"action", "ipAddressType"})
_IPV6_BLOCKS: Final = frozenset({"destinationIpv6CidrBlock", "ipv6CidrBlock"})


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
    before = {**olds, **state}
    changed = tuple(
        key
        for key, each in schema.items()
        if _is_compared(each, ignored) and _differs(key, each.flags, before, news)
    )
    replacing = tuple(key for key in changed if _replaces(schema[key], before, news))
    return Difference(changed, replacing)


def _is_compared(each: Property, ignored: tuple[str, ...]) -> bool:
    # All tags, the provider's default ones too, are an output that Check computes from inputs.
    name = "tags" if each.name == "tagsAll" else each.name
    return (each.is_input or each.name == "tagsAll") and name not in ignored


def _differs(key: str, flags: Mapping[str, Any], before: Props, news: Props) -> bool:
    if news.get(key) is None:
        # An optional property that the provider computes keeps what AWS has when the program drops it.
        return not flags["computed"] and not _is_nothing(_normal(key, before.get(key)))
    if flags["type"] == "object" and isinstance(news[key], dict) and isinstance(before.get(key), dict):
        return any(_differs(name, inner, before[key], news[key]) for name, inner in flags["nested"].items())
    return bool(_normal(key, news[key]) != _normal(key, before.get(key)))


def _replaces(each: Property, olds: Props, news: Props) -> bool:
    when = str(each.flags.get("replacesWhen", ""))
    if when.startswith("the kind of source"):
        replaces = _given(_SOURCES, news) != _given(_SOURCES, olds)
    elif when.startswith("vpcEndpointType is not Interface"):
        replaces = news.get("vpcEndpointType") != "Interface"
    elif when.startswith("connectivityType is private"):
        replaces = news.get("connectivityType") == "private"
    elif when.startswith("the major number grows"):
        replaces = _major(news.get(each.name)) > _major(olds.get(each.name))
    elif when.startswith("assignIpv6AddressOnCreation was true"):
        replaces = bool(olds.get("assignIpv6AddressOnCreation"))
    elif when.startswith("any change but dedicated"):
        replaces = (olds.get(each.name), news.get(each.name)) != ("dedicated", "default")
    else:
        replaces = each.replaces or _replaces_within(each, olds, news)
    return replaces


def _replaces_within(each: Property, olds: Props, news: Props) -> bool:
    before, after = olds.get(each.name), news.get(each.name)
    if not isinstance(before, dict) or not isinstance(after, dict):
        return False
    nested = each.flags.get("nested", {})
    return any(flags["replaces"] and _differs(key, flags, before, after) for key, flags in nested.items())


def _given(keys: tuple[str, ...], props: Props) -> list[str]:
    return [key for key in keys if props.get(key)]


def _major(version: object) -> int:
    text = str(version or "0").split(".")[0]
    return int(text) if text.isdigit() else 0


def _is_nothing(value: object) -> bool:
    """Tell whether a value says no more than its absence; inside AWS's lists zero is absence, too."""
    return value is None or value is False or value == 0


def _normal(key: str, value: Any) -> Any:  # noqa: ANN401 - any value of a bag
    """Return a value so that two spellings of the same thing are equal."""
    normal = value
    if value in (None, "", [], {}):
        normal = None
    elif has_unknown(value):
        pass
    elif isinstance(value, list):
        normal = sorted((_normal("", each) for each in value), key=_as_text)
    elif isinstance(value, dict):
        inner = {name: _normal(name, each) for name, each in value.items() if name != "__defaults"}
        normal = {name: each for name, each in inner.items() if not _is_nothing(each)}
    elif key in _POLICIES:
        normal = _equivalent_policy(value)
    elif key in ("protocol", "ipProtocol"):
        normal = _PROTOCOLS.get(str(value).lower(), str(value).lower())
    elif key in _ANY_CASE:
        normal = str(value).lower()
    elif key in _IPV6_BLOCKS:
        normal = _network(value)
    return normal


def _as_text(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError:
        return text


def _equivalent_policy(text: str) -> str:
    """Return a policy's text so that equivalent ones are equal."""
    try:
        return _as_text(_unordered(json.loads(text)))
    except ValueError:
        return text


def _unordered(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON whose lists have one order; in a policy, a list of one is its element."""
    if isinstance(value, dict):
        return {name: _unordered(each) for name, each in value.items()}
    if isinstance(value, list):
        ordered = sorted((_unordered(each) for each in value), key=_as_text)
        return ordered[0] if len(ordered) == 1 else ordered
    return value
