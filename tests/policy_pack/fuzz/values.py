"""Random property values: plausible ones, wrong ones, and ones that nobody should write.

Every text that is no part of a network carries the canary, so that a message which quotes it is found out.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Final, TypeVar

from mwaa_guardrails.reading.resource import Opaque, Value

# No name of a bucket has a capital letter: those are quoted.
CANARY: Final = "Canary"
# The greatest depth that a wire message can have is a hundred; a JSON text can go deeper.
_DEEPEST: Final = 60
_DEEP_TEXT: Final = 3000

_Item = TypeVar("_Item")

PLAUSIBLE: Final[Sequence[Value]] = (
    *("-1", "all", "tcp", "udp", "icmp", "icmpv6", "6", "17", "1", "58", "50", "TCP", "256", "-2"),
    *("10.0.0.0/16", "10.0.0.0/24", "10.0.1.0/24", "0.0.0.0/0", "::/0", "2001:db8::/32", "10.0.0.1/24"),
    *("0.0.0.0/33", "0.0.0.0/-1", "::/129", "10.0.0.0", "/", "1.2.3/8", "0x7f.1/8", "10.0.0.0/24 "),
    *("allow", "deny", "ALLOW", "Deny", "ingress", "egress", "Gateway", "Interface", "GatewayLoadBalancer"),
    *("igw-0a1b", "nat-0a1b", "vgw-0a1b", "eigw-0a1b", "tgw-0a1b", "local", "vpce-0a1b", "eni-0a1b"),
    *("subnet-0a1b", "sg-0a1b", "123456789012/sg-0a1b", "pl-0a1b", "rtb-0a1b", "acl-0a1b", "vpc-0a1b"),
    *("eu-west-1", "eu-west-1a", "euw1-az1", "us-east-1", "use1-az3", "us-east-1-bos-1a", "cn-north-1"),
    *("com.amazonaws.eu-west-1.s3", "com.amazonaws.eu-west-1.sqs", "com.amazonaws.eu-west-1.logs"),
    *("com.amazonaws.eu-west-1.kms", "com.amazonaws.eu-west-1.monitoring", "com.amazonaws.us-east-1.s3"),
    *("cn.com.amazonaws.cn-north-1.sqs", "com.amazonaws.eu-west-1.s3express", "com.amazonaws", "..", "."),
    *("arn:aws:s3:::our-dags", "arn:aws:kms:eu-west-1:123456789012:key/1234", "arn:", "arn:aws:::::"),
    *("public", "private", "regional", "zonal", "PUBLIC_ONLY", "PRIVATE_ONLY", "CUSTOMER", "SERVICE"),
    *("AWS::EC2::VPCEndpoint", "AWS::EC2::SecurityGroup", "AWS::MWAA::Environment", "aws::ec2::subnet"),
    *("3.0.6", "2.10.3", "3", "v3", "CREATING", "default", "true", "false", "True", "0", "443", "443.0"),
    *("id-of-vpc", "id-of-a", "id-of-b", "id-of-group", "id-of-acl", "id-of-igw", "id-of-nat"),
    *("id-of-private-table", "defaultNetworkAclId-of-vpc", "mainRouteTableId-of-vpc", ""),
    *(True, False, None, -1.0, 0.0, 1.0, 22.0, 100.0, 443.0, 5432.0, 32766.0, 65535.0, 65536.0, 99999.0),
    *(Opaque.COMPUTED, Opaque.SECRET),
)
_NUMBERS: Final[Sequence[Value]] = (
    *(math.nan, math.inf, -math.inf, -0.0, 0.5, 443.5, 1e308, 5e-324, 2.0**53, -(2.0**70), 1e30),
    *(2**31, -(2**63), 10**40),
)
_TEXTS: Final[Sequence[Value]] = (
    *("\ud800", "\udfff\ud800", "\x00", "\x1b[31m", "\u202e", "é", "🦆", "\n", "\t", " ", "'\"`", "{}", "[]"),
    *("9" * 5000, "-" * 300, "%s%d%n", "${jndi:x}", "{0.__class__}", "0" * 64 + "443", "٤٤٣", "443\n"),
    *("[" * _DEEP_TEXT, '{"a":' * _DEEP_TEXT, '{"VpcId": "' + CANARY + '"}', "{", "null", "NaN"),
)
_NO_DOCUMENTS: Final[Sequence[Value]] = (*PLAUSIBLE, *_TEXTS)
_ACTIONS: Final = (
    *("*", "s3:*", "s3:GetObject", "S3:getobject", "s3:Get*", "s3:List*", "sqs:*", "sqs:SendMessage"),
    *("logs:PutLogEvents", "kms:Decrypt", "cloudwatch:PutMetricData", "?", "s3:?etObject", "s3", ":", ""),
)
_RESOURCES: Final = (
    *("*", "arn:aws:s3:::*", "arn:aws:s3:::our-dags", "arn:aws:s3:::our-dags/*", "arn:aws:s3:::our-dags/??"),
    *("arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*", "arn:aws:s3:::prod-*-starport-layer-bucket/*"),
    *("arn:aws:s3:::prod-region-starport-layer-bucket/*", "arn:aws:sqs:eu-west-1:*:airflow-celery-*"),
    *("arn:aws:sqs:*:123456789012:*", "arn:aws:logs:*:*:*", "arn:aws:s3:::${aws:username}/*", "***?*?*"),
)
_ELEMENTS: Final = (
    *("Version", "Id", "Statement", "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction"),
    *("Resource", "NotResource", "Condition"),
)


def value(random: Random, keys: Sequence[str], depth: int = 0) -> Value:
    """Return a value of any kind; objects inside it have some of the keys."""
    kinds: list[Callable[[], Value]] = [
        *(lambda: one_of(random, PLAUSIBLE),) * 8,
        lambda: _odd(random),
        lambda: _text(random),
    ]
    if depth < random.choice((1, 2, 3, 4)):
        kinds += [
            lambda: tuple(value(random, keys, depth + 1) for _ in range(random.randrange(4))),
            lambda: bag(random, keys, depth + 1),
        ]
    return one_of(random, kinds)()


def bag(random: Random, keys: Sequence[str], depth: int = 0) -> dict[str, Value]:
    """Return an object with a few of the keys."""
    return {one_of(random, keys): value(random, keys, depth) for _ in range(random.randrange(6))}


def shaped(random: Random, flags: Mapping[str, Mapping[str, object]], depth: int = 0) -> dict[str, Value]:
    """Return an object with a few of the properties of a type, their values of the kind that it takes."""
    names = list(flags)
    chosen = random.sample(names, random.randrange(min(len(names), 7) + 1))
    return {name: _of_kind(random, name, flags[name], depth) for name in chosen}


def _of_kind(random: Random, name: str, flags: Mapping[str, object], depth: int) -> Value:
    nested = flags.get("nested")
    if name in ("policy", "policyDocument") and random.random() < 0.8:
        return policy(random)
    if isinstance(nested, dict) and depth < 3:
        if str(flags.get("type", "")).startswith("object") and random.random() < 0.8:
            return shaped(random, nested, depth + 1)
        return tuple(shaped(random, nested, depth + 1) for _ in range(random.randrange(3)))
    if random.random() < 0.2:
        return value(random, (name,))
    one = one_of(random, PLAUSIBLE)
    return tuple(one_of(random, PLAUSIBLE) for _ in range(random.randrange(4))) if name.endswith("s") else one


def policy(random: Random) -> Value:
    """Return a policy document, as an object or as JSON; some are none."""
    if random.random() < 0.1:
        return one_of(random, _NO_DOCUMENTS)
    document = _document(random)
    if random.random() < 0.3:
        return _as_value(document)
    text = json.dumps(document)
    return text[: random.randrange(len(text) + 1)] if random.random() < 0.05 else text


def _document(random: Random) -> object:
    statements: list[object] = [_statement(random) for _ in range(random.randrange(4))]
    document: dict[str, object] = {
        "Version": one_of(random, ("2012-10-17", "2008-10-17", "1999-01-01", 2012, None)),
        "Statement": statements[0] if len(statements) == 1 and random.random() < 0.5 else statements,
    }
    if random.random() < 0.1:
        document.update([_element(random, 0)])
    return document


def _statement(random: Random) -> object:
    if random.random() < 0.05:
        return _json(random, 0)
    statement: dict[str, object] = {
        one_of(random, ("Effect", "Effect", "effect")): one_of(random, ("Allow", "Allow", "Deny", "deny")),
        one_of(random, ("Action", "Action", "NotAction")): _some(random, _ACTIONS),
        one_of(random, ("Resource", "Resource", "NotResource")): _some(random, _RESOURCES),
        one_of(random, ("Principal", "Principal", "NotPrincipal")): one_of(
            random, ("*", {"AWS": "*"}, {"AWS": ["*"]}, {"AWS": "arn:aws:iam::123456789012:role/x"}, {}, 1)
        ),
    }
    if random.random() < 0.2:
        statement["Condition"] = {
            one_of(random, ("StringEquals", "StringLike", "ForAllValues:StringEquals", "Bool", "Null")): {
                one_of(random, ("aws:ResourceAccount", "aws:PrincipalArn", "aws:SourceVpce", CANARY)): _some(
                    random, ("123456789012", "*", "true", CANARY)
                )
            }
        }
    if random.random() < 0.2:
        statement.update([_element(random, 0)])
    return statement


def _some(random: Random, texts: Sequence[str]) -> object:
    chosen = [one_of(random, texts) for _ in range(random.choice((1, 1, 1, 2, 3, 0, 12)))]
    return chosen[0] if len(chosen) == 1 and random.random() < 0.6 else chosen


def _element(random: Random, depth: int) -> tuple[str, object]:
    name = one_of(random, (*_ELEMENTS, CANARY))
    # Messages name a statement by its id, as they do a resource by its name.
    return name, one_of(random, ("Said", "", 1, None)) if name == "Sid" else _json(random, depth)


def _json(random: Random, depth: int) -> object:
    if depth < 3 and random.random() < 0.5:
        inner = [_element(random, depth + 1) for _ in range(random.randrange(3))]
        return [each for _, each in inner] if random.random() < 0.5 else dict(inner)
    return one_of(random, (None, True, 0, 1.5, math.nan, math.inf, 10**30, "", CANARY, "\ud800", "*"))


def _as_value(parsed: object) -> Value:
    match parsed:
        case dict():
            return {str(key): _as_value(item) for key, item in parsed.items()}
        case list():
            return tuple(_as_value(item) for item in parsed)
        case bool() | int() | float() | str() | None:
            return parsed
        case _:
            raise TypeError(parsed)


def _odd(random: Random) -> Value:
    return one_of(random, (*_NUMBERS, *_TEXTS)) if random.random() < 0.98 else _deep(random)


def _deep(random: Random) -> Value:
    deep: Value = CANARY
    for _ in range(_DEEPEST):
        deep = (deep,) if random.random() < 0.5 else {"value": deep}
    return deep


def _text(random: Random) -> str:
    return f"{one_of(random, ('', 'sg-', 'igw-', '10.0.0.0/8 ', 'arn:aws:s3:::', 'eu-west-1'))}{CANARY}"


def one_of(random: Random, items: Sequence[_Item]) -> _Item:
    """Return one of several items; quicker than `Random.choice`."""
    return items[int(random.random() * len(items))]
