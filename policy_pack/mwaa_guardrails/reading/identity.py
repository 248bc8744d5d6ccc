"""What ties a resource to those of other stacks: the ids that AWS gave, its own and those it mentions.

Ids tell which resources lie in one VPC, whoever manages them. A group or a prefix list that a rule or a route
merely names as its far side does not: through these, as through peerings and transit gateways, the networks
of a whole organization hang together.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mwaa_guardrails.reading import prefix_lists
from mwaa_guardrails.reading.environments import ENVIRONMENT
from mwaa_guardrails.reading.network import READ_TYPES, is_read
from mwaa_guardrails.reading.references import FAMILIES, Family
from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from mwaa_guardrails.reading.spellings import as_aws, is_template
from mwaa_guardrails.reading.tags import OUR_KEYS, TagKeys

# A security group of another account is written behind that account.
_ID: Final = re.compile(r"(?:[0-9]{12}/)?((?:vpc|subnet|rtb|acl|sg|igw|eigw|nat|vpce|pl)-[0-9a-f]+)")
# The properties of rules and routes that name their far side alone.
_FAR: Final = frozenset(
    {
        "destinationPrefixListId",
        "prefixListIds",
        "referencedSecurityGroupId",
        "securityGroups",
        "sourceSecurityGroupId",
    }
)
# A rule, and an endpoint, name a list so; an entry of a list names the one it stands in.
_LIST: Final = "prefixListId"
# What a resource stands in.
_HOLDERS: Final = (
    "internetGatewayId",
    "networkAclId",
    "prefixListId",
    "routeTableId",
    "securityGroupId",
    "subnetId",
    "vpcEndpointId",
    "vpcId",
)
_TAGS: Final = ("tags", "tagsAll")
_DECLARING: Final = frozenset({Family.SUBNET, Family.SECURITY_GROUP})
_PROVIDER: Final = "pulumi:providers:aws"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """How a resource is tied to others.

    Attributes:
        thing: What it makes, as its kind and the id that AWS gave; two resources of one thing are one. None
            when nobody knows the id.
        near: The ids of what lies in the same VPC: its own, and those it is part of or made of.
        far: The ids that it merely names.
        begins: Whether a judgement begins with it: an environment, or a part by which tags declare one.
    """

    thing: tuple[str, str] | None
    near: frozenset[str]
    far: frozenset[str]
    begins: bool


def identity_of(resource: Resource, keys: TagKeys = OUR_KEYS) -> Identity:
    """Return how a resource that `is_tied` is tied to others, where these are the tags that declare."""
    known = as_aws(resource)
    family = FAMILIES.get(known.type)
    id_ = known.outputs.get("id")
    mentioned = [*_mentions(known.inputs), *_mentions(known.outputs)]
    far_keys = _FAR if known.type == prefix_lists.ENTRY else _FAR | {_LIST}
    near = frozenset(each for key, each in mentioned if key not in far_keys)
    return Identity(
        thing=(family.value if family else known.type, id_) if isinstance(id_, str) and id_ else None,
        near=near,
        far=frozenset(each for _, each in mentioned) - near,
        begins=known.type == ENVIRONMENT
        or (family in _DECLARING and any(_declares(each, keys) for each in (known.inputs, known.outputs))),
    )


def is_tied(resource: Resource) -> bool:
    """Tell whether a resource has a part in a model of several stacks, by its ids or for its stack."""
    return is_read(resource) or is_of_its_stack(resource)


def may_be_tied(type_: str) -> bool:
    """Tell whether resources of a type can be tied to others; of the rest nobody needs the properties."""
    return type_ in READ_TYPES or is_of_its_stack(Resource(urn="", type=type_, name=""))


def is_of_its_stack(resource: Resource) -> bool:
    """Tell whether a resource says something of others of its stack that no id tells.

    That is a provider, a template, and what stands in something that is not known.
    """
    known = as_aws(resource)
    if resource.type.startswith(_PROVIDER) or is_template(known):
        return True
    merged: Mapping[str, Value] = {**known.inputs, **known.outputs}
    return is_read(resource) and any(isinstance(merged.get(key), Opaque) for key in _HOLDERS)


def _mentions(value: Value, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each id in a value with the property that holds it; tags are free texts."""
    match value:
        case str():
            found = _ID.fullmatch(value)
            if found:
                yield key, found[1]
        case tuple():
            for item in value:
                yield from _mentions(item, key)
        case Mapping():
            for name, item in value.items():
                if name not in _TAGS:
                    yield from _mentions(item, name)


def _declares(values: Mapping[str, Value], keys: TagKeys) -> bool:
    held = (values.get(key) for key in _TAGS)
    return any(isinstance(each, Mapping) and keys.environment in each for each in held)
