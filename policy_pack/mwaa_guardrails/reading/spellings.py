"""Other spellings of a network: resources of other providers and releases, as pulumi-aws 7 has them.

Readers know the types of pulumi-aws 7 alone. Here a resource of `aws-native`, of Cloud Control, or of a type
that an older pulumi-aws had becomes the resource of pulumi-aws 7 that makes the same, with its properties
renamed, and remembers how the program wrote it. What such a type means by leaving a property out is stated as
a property of its own, which no provider has.

Sources: the schemas of pulumi-aws-native 1.84.0 and of pulumi-aws 5.43.0 to 7.51.1.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from mwaa_guardrails.reading.resource import Opaque, Resource, Value, Wording
from mwaa_guardrails.unknown import Reason

# Stated here of a group whose provider leaves AWS's own outbound rule in place, and of a rule that may take
# its place. CloudFormation's pages on `AWS::EC2::SecurityGroup` and `AWS::EC2::SecurityGroupEgress` have a
# group without egress rules keep the rule that allows all; people saw the second type remove it.
KEEPS_DEFAULT_EGRESS: Final = "keepsDefaultEgress"
MAY_REPLACE_DEFAULT_EGRESS: Final = "mayReplaceDefaultEgress"

# Stated of a network ACL whose provider has no type for an entry, so that another one must make them.
NO_TYPE_FOR_ENTRIES: Final = "noTypeForEntries"

_CLOUD_CONTROL: Final = "aws:cloudcontrol/resource:Resource"
_EXTENSION: Final = "aws-native:index:ExtensionResource"
_TEMPLATES: Final = frozenset(
    {
        "aws:cloudformation/stack:Stack",
        "aws:cloudformation/stackSet:StackSet",
        "aws-native:cloudformation:Stack",
        "aws-native:cloudformation:StackSet",
    }
)
_ENTRY_OF_ACL: Final = "aws::ec2::networkaclentry"
_TAGS: Final = "tags"
# What stands in these is not the provider's to name.
_FREE: Final = frozenset({_TAGS, "policyDocument"})
# Marks a name whose value pulumi-aws has as a list, and the other spelling as its only element.
_LISTED: Final = "[]"
# No type has properties nested as deep as this; a text that is deeper describes none of them.
_DEEPEST: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spelling:
    """How another type spells what a type of pulumi-aws 7 makes.

    Attributes:
        type: The type of pulumi-aws 7.
        id: The output that holds the id, besides `id`, which older releases of aws-native have.
        names: The name in pulumi-aws of each property that is called otherwise, by its path here.
        states: What the type means without saying so.
    """

    type: str
    id: str = "id"
    names: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, Value] = field(default_factory=dict)


def _inline_rules(written: str, read: str, far: str) -> dict[str, str]:
    return {
        written: read,
        f"{written}.ipProtocol": "protocol",
        f"{written}.cidrIp": "cidrBlocks[]",
        f"{written}.cidrIpv6": "ipv6CidrBlocks[]",
        f"{written}.{far}SecurityGroupId": "securityGroups[]",
        f"{written}.{far}PrefixListId": "prefixListIds[]",
    }


def _separate_rule(far: str) -> dict[str, str]:
    return {
        "groupId": "securityGroupId",
        "cidrIp": "cidrIpv4",
        f"{far}SecurityGroupId": "referencedSecurityGroupId",
        f"{far}PrefixListId": "prefixListId",
    }


_NATIVE: Final[Mapping[str, _Spelling]] = {
    "ec2:Vpc": _Spelling(
        type="aws:ec2/vpc:Vpc",
        id="vpcId",
        names={"defaultSecurityGroup": "defaultSecurityGroupId", "defaultNetworkAcl": "defaultNetworkAclId"},
    ),
    "ec2:Subnet": _Spelling(type="aws:ec2/subnet:Subnet", id="subnetId"),
    "ec2:RouteTable": _Spelling(type="aws:ec2/routeTable:RouteTable", id="routeTableId"),
    "ec2:Route": _Spelling(
        type="aws:ec2/route:Route", names={"egressOnlyInternetGatewayId": "egressOnlyGatewayId"}
    ),
    "ec2:SubnetRouteTableAssociation": _Spelling(
        type="aws:ec2/routeTableAssociation:RouteTableAssociation", id="awsId"
    ),
    "ec2:InternetGateway": _Spelling(type="aws:ec2/internetGateway:InternetGateway", id="internetGatewayId"),
    "ec2:VpcGatewayAttachment": _Spelling(type="aws:ec2/internetGatewayAttachment:InternetGatewayAttachment"),
    "ec2:EgressOnlyInternetGateway": _Spelling(
        type="aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", id="awsId"
    ),
    "ec2:NatGateway": _Spelling(type="aws:ec2/natGateway:NatGateway", id="natGatewayId"),
    "ec2:NetworkAcl": _Spelling(
        type="aws:ec2/networkAcl:NetworkAcl", id="awsId", states={NO_TYPE_FOR_ENTRIES: True}
    ),
    "ec2:SubnetNetworkAclAssociation": _Spelling(
        type="aws:ec2/networkAclAssociation:NetworkAclAssociation", id="associationId"
    ),
    "ec2:SecurityGroup": _Spelling(
        type="aws:ec2/securityGroup:SecurityGroup",
        id="groupId",
        names={
            "groupName": "name",
            **_inline_rules("securityGroupIngress", "ingress", "source"),
            **_inline_rules("securityGroupEgress", "egress", "destination"),
        },
        states={KEEPS_DEFAULT_EGRESS: True},
    ),
    "ec2:SecurityGroupIngress": _Spelling(
        type="aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        id="awsId",
        names=_separate_rule("source"),
    ),
    "ec2:SecurityGroupEgress": _Spelling(
        type="aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        id="awsId",
        names=_separate_rule("destination"),
        states={MAY_REPLACE_DEFAULT_EGRESS: True},
    ),
    "ec2:VpcEndpoint": _Spelling(
        type="aws:ec2/vpcEndpoint:VpcEndpoint", id="awsId", names={"policyDocument": "policy"}
    ),
    "ec2:PrefixList": _Spelling(
        type="aws:ec2/managedPrefixList:ManagedPrefixList",
        id="prefixListId",
        names={"prefixListName": "name"},
    ),
    "mwaa:Environment": _Spelling(type="aws:mwaa/environment:Environment"),
    "s3:Bucket": _Spelling(type="aws:s3/bucket:Bucket", id="bucketName", names={"bucketName": "bucket"}),
}

_OLDER: Final[Mapping[str, _Spelling]] = {
    "aws:s3/bucketV2:BucketV2": _Spelling(type="aws:s3/bucket:Bucket"),
}
_SPELLINGS: Final[Mapping[str, _Spelling]] = {
    **{f"aws-native:{token}": spelling for token, spelling in _NATIVE.items()},
    **_OLDER,
}
# CloudFormation's name of each type of aws-native, in lower case: `aws::ec2::vpcendpoint`.
_CLOUDFORMATION: Final[Mapping[str, _Spelling]] = {
    f"aws::{token.replace(':', '::').lower()}": spelling for token, spelling in _NATIVE.items()
}

# The types read here, by the type of pulumi-aws 7 that each stands for; what Cloud Control and extension
# resources make, their properties tell.
SPELLINGS: Final[Mapping[str, str]] = {type_: spelling.type for type_, spelling in _SPELLINGS.items()}
GENERIC: Final = frozenset({_CLOUD_CONTROL, _EXTENSION})


def as_aws(resource: Resource) -> Resource:
    """Return a resource as pulumi-aws 7 has it; unchanged when nothing here knows what it makes."""
    match resource.type:
        case type_ if type_ in _SPELLINGS:
            spelling = _SPELLINGS[type_]
            return _respelt(resource, spelling, partial(_path, spelling))
        case type_ if type_ == _CLOUD_CONTROL:
            return _from_cloud_control(resource)
        case type_ if type_ == _EXTENSION:
            return _from_extension(resource)
        case _:
            return resource


def is_template(resource: Resource) -> bool:
    """Tell whether a resource, after `as_aws`, may make network ACL entries in a way that nobody reads."""
    if resource.type in GENERIC:
        made = _type_of(resource)
        return not isinstance(made, str) or made.lower() == _ENTRY_OF_ACL
    return resource.type in _TEMPLATES


def _type_of(resource: Resource) -> Value:
    """Return CloudFormation's name of what a Cloud Control or extension resource makes."""
    key = "typeName" if resource.type == _CLOUD_CONTROL else "type"
    return resource.inputs.get(key) or resource.outputs.get(key)


def _respelt(resource: Resource, spelling: _Spelling, path_of: Callable[[str], str]) -> Resource:
    inputs, outputs = (_renamed(each, spelling, "") for each in (resource.inputs, resource.outputs))
    id_ = resource.outputs.get(spelling.id, resource.outputs.get("id"))
    if id_ is not None:
        outputs = {**outputs, "id": id_}
    if inputs or outputs:
        outputs = {**spelling.states, **outputs}
    return replace(
        resource,
        type=spelling.type,
        inputs=_with_tags_by_key(inputs),
        outputs=_with_tags_by_key(outputs),
        property_dependencies={
            spelling.names.get(key, key): urns for key, urns in resource.property_dependencies.items()
        },
        written=Wording(type=resource.type, path_of=path_of),
    )


def _renamed(values: Mapping[str, Value], spelling: _Spelling, within: str) -> dict[str, Value]:
    renamed: dict[str, Value] = {}
    for key, value in values.items():
        path = f"{within}.{key}" if within else key
        name = spelling.names.get(path, key)
        if value is not None:
            inner = value if key in _FREE else _renamed_value(value, spelling, path)
            renamed[name.removesuffix(_LISTED)] = (inner,) if name.endswith(_LISTED) else inner
    return renamed


def _renamed_value(value: Value, spelling: _Spelling, path: str) -> Value:
    if isinstance(value, Mapping):
        return _renamed(value, spelling, path)
    if isinstance(value, tuple):
        return tuple(_renamed_value(item, spelling, path) for item in value)
    return value


def _path(spelling: _Spelling, path: str) -> str:
    """Return a property's path as the program writes it, for its path in pulumi-aws."""
    written: dict[str, str] = {}
    for own, name in spelling.names.items():
        holder, _, last = own.rpartition(".")
        read = name.removesuffix(_LISTED)
        marked = last + name[len(read) :]
        written[f"{spelling.names[holder]}.{read}" if holder else read] = marked
    segments: list[str] = []
    at = ""
    for segment in path.split("."):
        name, bracket, index = segment.partition("[")
        at = f"{at}.{name}" if at else name
        own = written.get(at, name)
        segments.append(own.removesuffix(_LISTED) if own.endswith(_LISTED) else own + bracket + index)
    return ".".join(segments)


def _with_tags_by_key(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return properties with a list of tags as the map it stands for; a tag of unknown key may be any."""
    tags = values.get(_TAGS)
    if not isinstance(tags, tuple):
        return values
    pairs = [(tag.get("key"), tag.get("value")) if isinstance(tag, Mapping) else (tag, None) for tag in tags]
    hidden = next((key for key, _ in pairs if isinstance(key, Opaque)), None)
    if hidden is not None:
        return {**values, _TAGS: hidden}
    return {**values, _TAGS: {key: value for key, value in pairs if isinstance(key, str)}}


def _from_cloud_control(resource: Resource) -> Resource:
    """Read a Cloud Control resource, whose properties are one JSON text; one unknown makes all unknown."""
    return _from_generic(
        resource,
        inputs=from_json(resource.inputs.get("desiredState")),
        outputs=from_json(resource.outputs.get("properties")),
        path_of=lambda _path: "desiredState",
    )


def _from_extension(resource: Resource) -> Resource:
    """Read an extension resource of aws-native, whose properties stand in its inputs alone."""
    return _from_generic(
        resource,
        inputs=resource.inputs.get("properties"),
        outputs=resource.outputs.get("outputs"),
        path_of=lambda path: ".".join(
            ["properties", *(each[0].upper() + each[1:] for each in path.split("."))]
        ),
    )


def _from_generic(
    resource: Resource, *, inputs: Value, outputs: Value, path_of: Callable[[str], str]
) -> Resource:
    type_ = _type_of(resource)
    spelling = _CLOUDFORMATION.get(type_.lower()) if isinstance(type_, str) else None
    if spelling is None:
        return resource
    own = _in_camel_case(inputs) if isinstance(inputs, Mapping) else {}
    told = _in_camel_case(outputs) if isinstance(outputs, Mapping) else {}
    # All properties stand in one, so that what each of them depends on cannot be told.
    whole = replace(
        resource, inputs=own, outputs=told, property_dependencies={}, unseen_because=Reason.NOT_YET
    )
    return _respelt(whole, spelling, lambda path: path_of(_path(spelling, path)))


def from_json(text: Value) -> Value:
    """Return what a JSON text holds; None when it is no such text, or nested beyond all reason.

    By its escape a text can hold half a character, which cannot be sent anywhere.
    """
    if not isinstance(text, str):
        return None
    try:
        return _value_of(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _value_of(parsed: object, depth: int = 0) -> Value:
    if depth > _DEEPEST:
        raise ValueError
    match parsed:
        case dict():
            return {str(_value_of(key)): _value_of(item, depth + 1) for key, item in parsed.items()}
        case list():
            return tuple(_value_of(item, depth + 1) for item in parsed)
        case str():
            parsed.encode()  # a ValueError for half a character
            return parsed
        case bool() | int() | float():
            return parsed
        case _:
            return None


def _in_camel_case(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return properties in the names of aws-native, for those of CloudFormation."""
    named = {key[:1].lower() + key[1:]: value for key, value in values.items()}
    return {
        key: value if key in _FREE and isinstance(value, Mapping) else _items_in_camel_case(value)
        for key, value in named.items()
    }


def _items_in_camel_case(value: Value) -> Value:
    if isinstance(value, Mapping):
        return _in_camel_case(value)
    if isinstance(value, tuple):
        return tuple(_items_in_camel_case(item) for item in value)
    return value
