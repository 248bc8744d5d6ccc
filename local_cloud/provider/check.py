"""Check: what the genuine provider adds to inputs, and what it refuses before anything is made."""

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from local_cloud.provider.aws import ACCOUNT, RefusedError
from local_cloud.provider.schema import Property, nearest, properties_of
from local_cloud.provider.values import UNKNOWN, Props, has_unknown

# What the provider takes although the list of properties does not have it.
_INTERNAL: Final = frozenset({"__defaults", "tagsAll"})


class Failure(NamedTuple):
    """One refusal: the property and why."""

    property: str
    reason: str


class ProviderSettings(NamedTuple):
    """What the provider's own configuration says."""

    region: str
    default_tags: Mapping[str, str]
    account: str = ACCOUNT


class Asked(NamedTuple):
    """What the engine asks to check: the resource, and its inputs before and now."""

    token: str
    name: str
    seed: bytes
    olds: Props
    news: Props


def check(asked: Asked, settings: ProviderSettings) -> tuple[Props, list[Failure]]:
    """Return the inputs as the genuine provider hands them on, and what it refuses.

    Raises:
        UnknownNameError: The provider has no such type.
        RefusedError: The logical name is too long to be made the name in AWS.
    """
    schema = properties_of(asked.token)
    failures = [*_strangers(asked, schema), *_refusals(asked.news, schema)]
    checked = {key: value for key, value in asked.news.items() if key != "__defaults"}
    defaulted = dict(_defaults(asked, schema))
    checked |= defaulted
    if "region" in schema:
        checked.setdefault("region", settings.region)
    if "tagsAll" in schema:
        checked["tagsAll"] = _all_tags(checked.get("tags"), settings.default_tags)
    checked["__defaults"] = sorted(defaulted)
    return checked, failures


def _strangers(asked: Asked, schema: Mapping[str, Property]) -> Iterator[Failure]:
    inputs = [name for name, each in schema.items() if each.is_input]
    for key, value in asked.news.items():
        if key in inputs:
            yield from _strangers_within(asked.token, key, value, schema[key].flags)
        elif key not in _INTERNAL:
            yield Failure(key, f"{asked.token} has no property {key!r}{nearest(key, inputs)}")


def _strangers_within(token: str, path: str, value: Any, flags: Mapping[str, Any]) -> Iterator[Failure]:  # noqa: ANN401 - any value of a bag
    for place, part in _parts(path, value, flags):
        for key, inner in part.items():
            if key in flags["nested"]:
                yield from _strangers_within(token, f"{place}.{key}", inner, flags["nested"][key])
            elif key not in _INTERNAL:
                known = nearest(key, flags["nested"])
                yield Failure(f"{place}.{key}", f"{token} has no property '{place}.{key}'{known}")


def _parts(path: str, value: Any, flags: Mapping[str, Any]) -> Iterator[tuple[str, Props]]:  # noqa: ANN401 - any value of a bag
    """Return the objects that a property holds and the path of each; none for a plain or unknown value."""
    if "nested" in flags and isinstance(value, dict):
        yield path, value
    elif "nested" in flags and isinstance(value, list):
        yield from ((f"{path}[{at}]", each) for at, each in enumerate(value) if isinstance(each, dict))


def _refusals(news: Props, schema: Mapping[str, Property]) -> Iterator[Failure]:
    flags = {key: each.flags for key, each in schema.items()}
    yield from _refusals_within("", news, flags)
    yield from _choices(news, schema)


def _refusals_within(path: str, news: Props, schema: Mapping[str, Mapping[str, Any]]) -> Iterator[Failure]:
    for key, flags in schema.items():
        place = f"{path}.{key}" if path else key
        value = news.get(key)
        if value is None:
            if flags["required"]:
                yield Failure(place, f"Missing required property {place!r}")
        elif flags["in"]:
            yield from _conflicts(key, flags, news)
            yield from _bad_value(place, flags, value)
            for inner, part in _parts(place, value, flags):
                yield from _refusals_within(inner, part, flags["nested"])


def _conflicts(key: str, flags: Mapping[str, Any], news: Props) -> Iterator[Failure]:
    for other in flags.get("conflictsWith", ()):
        if news.get(other) is not None:
            yield Failure(key, f'"{key}": conflicts with {other}')
    for other in flags.get("requiredWith", ()):
        if news.get(other) is None:
            yield Failure(key, f'"{key}": all of `{key},{other}` must be specified')


def _choices(news: Props, schema: Mapping[str, Property]) -> Iterator[Failure]:
    groups = {
        (kind, tuple(sorted(each.flags[kind])))
        for each in schema.values()
        for kind in ("exactlyOneOf", "atLeastOneOf")
        if kind in each.flags
    }
    for kind, names in sorted(groups):
        given = [name for name in names if news.get(name) is not None]
        if not given or (kind == "exactlyOneOf" and len(given) > 1):
            wanted = "one of" if kind == "exactlyOneOf" else "at least one of"
            told = f", but {', '.join(given)} were specified" if given else " must be specified"
            yield Failure(names[0], f"{wanted} `{','.join(names)}`{told}")


def _bad_value(key: str, flags: Mapping[str, Any], value: Any) -> Iterator[Failure]:  # noqa: ANN401 - any value of a bag
    fewest, most = flags.get("minItems"), flags.get("maxItems")
    if isinstance(value, list) and fewest is not None and len(value) < fewest:
        yield Failure(key, f"Not enough list items: {key} requires {fewest}, got {len(value)}")
    if isinstance(value, list) and most is not None and len(value) > most:
        yield Failure(key, f"Too many list items: {key} takes {most}, got {len(value)}")
    if has_unknown(value):
        return
    allowed = flags.get("oneOf")
    if allowed and value not in allowed:
        yield Failure(key, f"expected {key} to be one of {allowed}, got {value}")
    reason = _reason(str(flags.get("validate", "")), value)
    if reason:
        yield Failure(key, f"expected {key} to be {reason}, got {value}")


def _reason(rule: str, value: Any) -> str:  # noqa: ANN401 - any value of a bag
    """Return what a value should be, or nothing when it is that. A rule nobody reads refuses nothing."""
    for beginning, holds in _RULES.items():
        if rule.startswith(beginning):
            return "" if holds(str(value)) else rule
    numbers = re.fullmatch(r"(-?\d+)-(\d+)", rule)
    if numbers and isinstance(value, int):
        return "" if int(numbers[1]) <= value <= int(numbers[2]) else f"in the range ({rule})"
    lengths = re.match(r"length (\d+)-(\d+)", rule)
    if lengths and isinstance(value, str) and not int(lengths[1]) <= len(value) <= int(lengths[2]):
        return rule
    if rule.startswith(">= ") and isinstance(value, int):
        return "" if value >= int(rule[3:]) else f"at least {rule[3:]}"
    return ""


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """Return a block in network-address form, or None."""
    try:
        return ipaddress.ip_network(text, strict=True) if "/" in text else None
    except ValueError:
        return None


def _is_network(text: str, version: int) -> bool:
    network = _network(text)
    return network is not None and network.version == version


def _is_vpc_block(text: str) -> bool:
    network = _network(text)
    return network is not None and network.version == 4 and 16 <= network.prefixlen <= 28  # noqa: PLR2004 - EC2's limits


_PROTOCOL: Final = re.compile(r"-1|\d{1,3}|all|[a-z][a-z0-9.+-]*")
_RULES: Final[Mapping[str, Callable[[str], bool]]] = {
    "CIDR in network-address form, prefix length 16-28": _is_vpc_block,
    "IPv4 or IPv6 CIDR": lambda text: _network(text) is not None,
    "IPv4 CIDR": lambda text: _is_network(text, 4),
    "IPv6 CIDR": lambda text: _is_network(text, 6),
    "allow or deny": lambda text: text.lower() in ("allow", "deny"),
    "ARN syntax": lambda text: text.startswith("arn:"),
    "protocol number": lambda text: _PROTOCOL.fullmatch(text) is not None,
    "JSON object text": lambda text: text.lstrip().startswith("{"),
}


def _defaults(asked: Asked, schema: Mapping[str, Property]) -> Iterator[tuple[str, Any]]:
    given = asked.news
    for key, each in schema.items():
        if each.is_input and each.default is not None and given.get(key) is None:
            yield key, each.default
        if "autoname" in each.flags and not _given((key, *each.flags.get("conflictsWith", ())), given):
            yield key, asked.olds.get(key) or _fresh_name(asked, each.flags["autoname"])


def _fresh_name(asked: Asked, rule: Mapping[str, Any]) -> str:
    """Return the logical name with a random end."""
    name = asked.name.lower() if rule.get("lowercase") else asked.name
    start = f"{rule.get('prefix', '')}{name}{rule['separator']}"
    if len(start) + rule["random"] > rule["max"]:
        raise RefusedError(
            f"name '{start}' plus {rule['random']} random chars is longer than maximum length {rule['max']}"
        )
    return f"{start}{asked.seed.hex()[: rule['random']]}"


def _given(keys: Iterable[str], props: Props) -> bool:
    return any(props.get(key) is not None for key in keys)


def _all_tags(tags: Any, default_tags: Mapping[str, str]) -> Any:  # noqa: ANN401 - a map, or unknown
    if has_unknown(tags):
        return UNKNOWN
    return {**default_tags, **(tags or {})}
