"""Stacks as programs write them, rendered as the engine shows them before and after deployment.

A stack is a tuple of `made` resources that name one another with `ref`. Rendered as a first preview, every id
is unknown and every computed output that the program left out as well, as the real provider answers; a list
of such ids may be unknown as a whole, as `Output.all` makes it. Rendered as deployed, all of it is known.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

from mwaa_guardrails.reading.resource import Opaque, Resource, Value

FLAGS: Final = json.loads(
    (Path(__file__).parents[2] / "local_cloud" / "provider.json").read_text(encoding="utf-8")
)


class Rendering(StrEnum):
    """When the pack looks at a stack."""

    PREVIEW = "preview"
    LISTS = "preview, where a list that holds an unknown id is unknown as a whole"
    DEPLOYED = "deployed"


# What the provider writes into the inputs of every resource that has the property and does not state it.
REGION: Final = "eu-west-1"

# The renderings in which every element of a list can be told.
EXACT: Final = (Rendering.PREVIEW, Rendering.DEPLOYED)


@dataclass(frozen=True)
class Ref:
    """An output of another resource of the stack."""

    name: str
    output: str = "id"


@dataclass(frozen=True)
class Applied:
    """What a program computes of outputs: unknown as a whole as long as any part of it is."""

    value: "Written"


Written: TypeAlias = "bool | float | str | Ref | Applied | Opaque | list[Written] | dict[str, Written] | None"


@dataclass(frozen=True)
class Made:
    """A resource as a program writes it, in wire names.

    Attributes:
        label: What refs call it, where resources of several types share a logical name.
        parents: The types of the components it is in, each followed by `$`.
        depends: The labels of what a property depends on beside the refs in it.
        provider: What refs call the explicit provider; empty for the default one.
        looked_up: Whether the program only reads it, by `get`.
    """

    type: str
    name: str
    inputs: Mapping[str, Written]
    label: str = ""
    parents: str = ""
    depends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    provider: str = ""
    looked_up: bool = False

    @property
    def key(self) -> str:
        """What refs call it."""
        return self.label or self.name

    @property
    def urn(self) -> str:
        """The URN in the stack `dev` of the project `test`."""
        return f"urn:pulumi:dev::test::{self.parents}{self.type}::{self.name}"


def ref(name: str, output: str = "id") -> Ref:
    """Return an output of the resource with a logical name."""
    return Ref(name, output)


def made(type_: str, name: str, /, **inputs: Written) -> Made:
    """Return a resource of a type of pulumi-aws, such as `ec2/subnet:Subnet`."""
    return Made(f"aws:{type_}", name, inputs)


def native(type_: str, name: str, /, **inputs: Written) -> Made:
    """Return a resource of a type of pulumi-aws-native, such as `ec2:Subnet`."""
    return Made(f"aws-native:{type_}", name, inputs)


# The outputs of aws-native that no program states, the one that holds the id first, if any. In a preview all
# of them are unknown but `awsId`, which is not there at all.
_NATIVE_OUTPUTS: Final[Mapping[str, tuple[str, ...]]] = {
    "aws-native:ec2:Vpc": ("vpcId", "defaultSecurityGroup", "defaultNetworkAcl", "ipv6CidrBlocks"),
    "aws-native:ec2:Subnet": ("subnetId", "networkAclAssociationId", "ipv6CidrBlocks"),
    "aws-native:ec2:RouteTable": ("routeTableId",),
    "aws-native:ec2:Route": ("cidrBlock",),
    "aws-native:ec2:SubnetRouteTableAssociation": ("awsId",),
    "aws-native:ec2:InternetGateway": ("internetGatewayId",),
    "aws-native:ec2:VpcGatewayAttachment": ("attachmentType",),
    "aws-native:ec2:EgressOnlyInternetGateway": ("awsId",),
    "aws-native:ec2:Eip": ("allocationId", "publicIp"),
    "aws-native:ec2:NatGateway": ("natGatewayId", "eniId", "routeTableId"),
    "aws-native:ec2:NetworkAcl": ("awsId",),
    "aws-native:ec2:SubnetNetworkAclAssociation": ("associationId",),
    "aws-native:ec2:SecurityGroup": ("groupId", "awsId"),
    "aws-native:ec2:SecurityGroupIngress": ("awsId",),
    "aws-native:ec2:SecurityGroupEgress": ("awsId",),
    "aws-native:ec2:VpcEndpoint": ("awsId", "networkInterfaceIds", "dnsEntries"),
    "aws-native:ec2:PrefixList": ("prefixListId", "arn", "version", "ownerId"),
    "aws-native:mwaa:Environment": (
        "arn",
        "webserverUrl",
        "databaseVpcEndpointService",
        "webserverVpcEndpointService",
    ),
    "aws-native:s3:Bucket": ("arn", "domainName", "regionalDomainName"),
}


def render(stack: Iterable[Made], rendering: Rendering, major: int = 7) -> tuple[Resource, ...]:
    """Return a stack as the pack sees it, with a major release of pulumi-aws.

    Resources of aws-native, and of pulumi-aws before 7, have no Region of their own: their provider has. What
    the program looks up is not sent in a preview, though its id is known; `pulumi policy analyze` sends it
    with nothing but outputs.
    """
    resources = tuple(stack)
    by_name = {each.key: each for each in resources}
    if len(by_name) != len(resources):
        raise ValueError("two resources of one name")
    rendered = tuple(
        _render(each, by_name, rendering, major)
        for each in resources
        if rendering is Rendering.DEPLOYED or not each.looked_up
    )
    providers = sorted({each.provider for each in rendered} - {"", *(each.urn for each in rendered)})
    return rendered + tuple(
        Resource(urn=urn, type=urn.split("::")[2], name="default", outputs={"region": REGION})
        for urn in providers
    )


def _render(made_: Made, by_name: Mapping[str, Made], rendering: Rendering, major: int) -> Resource:
    flags = FLAGS.get(made_.type, {"properties": {}})["properties"]
    inputs = {key: _value(value, by_name, rendering) for key, value in made_.inputs.items()}
    if "tags" in inputs and made_.type.startswith("aws:"):
        inputs["tagsAll"] = Opaque.COMPUTED if _holds_unknown(inputs["tags"]) else inputs["tags"]
    package = made_.type.partition(":")[0]
    regional = package == "aws" and major >= _REGION_ON_RESOURCES
    if "region" in flags and regional:
        of_provider = by_name[made_.provider].inputs["region"] if made_.provider else REGION
        inputs.setdefault("region", _value(of_provider, by_name, rendering))
    outputs: dict[str, Value] = dict(inputs)
    if made_.type.startswith("aws-native:"):
        computed = [
            key
            for key in _NATIVE_OUTPUTS.get(made_.type, ("awsId",))
            if key not in inputs and (key != "awsId" or rendering is Rendering.DEPLOYED)
        ]
    else:
        computed = ["id", *(key for key in flags if flags[key]["computed"] and key not in inputs)]
        if not regional:
            computed = [key for key in computed if key != "region"]
    for key in computed:
        outputs[key] = Opaque.COMPUTED
        if rendering is Rendering.DEPLOYED:
            outputs[key] = computed_of(made_, key)
    depends = {key: (*names_in(value), *made_.depends.get(key, ())) for key, value in made_.inputs.items()}
    # In no particular order, as the engine has them.
    property_dependencies = {
        key: tuple(dict.fromkeys(by_name[name].urn for name in reversed(names) if name in by_name))
        for key, names in depends.items()
        if names
    }
    provider = f"urn:pulumi:dev::test::pulumi:providers:{package}::default"
    of_its_own = regional or package not in {"aws", "aws-native"}
    return Resource(
        urn=made_.urn,
        type=made_.type,
        name=made_.name,
        inputs={} if made_.looked_up else inputs,
        outputs=outputs,
        dependencies=tuple(dict.fromkeys(urn for urns in property_dependencies.values() for urn in urns)),
        property_dependencies=property_dependencies,
        provider=by_name[made_.provider].urn if made_.provider else "" if of_its_own else provider,
    )


# The first release of pulumi-aws whose resources have a Region of their own.
_REGION_ON_RESOURCES: Final = 7
# What EC2 gives an endpoint that states no policy.
FULL_ACCESS: Final = json.dumps(
    {"Statement": [{"Action": "*", "Effect": "Allow", "Principal": "*", "Resource": "*"}]}
)
_LISTS: Final = frozenset(
    {
        "egress",
        "entries",
        "ingress",
        "propagatingVgws",
        "routeTableIds",
        "routes",
        "securityGroupIds",
        "subnetIds",
    }
)
# The name and the id of a zone: whichever a program states, AWS answers with both.
_ZONES: Final = {"availabilityZone": "availabilityZoneId", "availabilityZoneId": "availabilityZone"}

# What an environment is given that states nothing.
_OF_ENVIRONMENTS: Final = {
    "endpointManagement": "SERVICE",
    "webserverAccessMode": "PRIVATE_ONLY",
}


# What AWS has for a property that nobody stated.
_DEFAULTS: Final = {"policy": FULL_ACCESS, "webserverAccessMode": "PRIVATE_ONLY"}


def computed_of(made_: Made, key: str) -> Value:
    """Return what the provider gives a property that the program left out: its own id, or nothing."""
    if key != "arn" and key == _NATIVE_OUTPUTS.get(made_.type, ("id",))[0]:
        key = "id"
    if key in _LISTS:
        return ()
    if made_.type == "aws:ec2/internetGateway:InternetGateway" and key == "vpcId":
        return ""
    if key in _DEFAULTS:
        return _DEFAULTS[key]
    if key.endswith("VpcEndpointService"):
        return f"com.amazonaws.vpce.{REGION}.vpce-svc-{key}-of-{made_.key}"
    bucket = made_.inputs.get("bucket", made_.inputs.get("bucketName"))
    if key == "arn" and isinstance(bucket, str):
        return f"arn:aws:s3:::{bucket}"
    if key in _OF_ENVIRONMENTS:
        return _OF_ENVIRONMENTS[key]
    match FLAGS.get(made_.type, {"properties": {}})["properties"].get(key, {}).get("type"):
        case "bool":
            # The default VPC has DNS hostnames; all else that a program leaves out is off.
            return made_.type == "aws:ec2/defaultVpc:DefaultVpc" and key == "enableDnsHostnames"
        case "object" | "map":
            return {}
    zone = made_.inputs.get(_ZONES.get(key, ""))
    return f"{key} of {zone}" if isinstance(zone, str) else f"{key}-of-{made_.key}"


def _value(written: Written, by_name: Mapping[str, Made], rendering: Rendering) -> Value:
    match written:
        case Ref(name, output):
            pending = rendering is not Rendering.DEPLOYED and not by_name[name].looked_up
            if pending and output not in by_name[name].inputs:
                return Opaque.COMPUTED
            stated = by_name[name].inputs.get(output)
            return (
                computed_of(by_name[name], output) if stated is None else _value(stated, by_name, rendering)
            )
        case Applied(value):
            exact = Rendering.PREVIEW if rendering is Rendering.LISTS else rendering
            applied = _value(value, by_name, exact)
            return Opaque.COMPUTED if _holds_unknown(applied) else applied
        case list():
            items = tuple(_value(item, by_name, rendering) for item in written)
            return Opaque.COMPUTED if rendering is Rendering.LISTS and Opaque.COMPUTED in items else items
        case dict():
            return {key: _value(item, by_name, rendering) for key, item in written.items()}
        case _:
            return written


def _holds_unknown(value: Value) -> bool:
    match value:
        case tuple():
            return any(_holds_unknown(item) for item in value)
        case Mapping():
            return any(_holds_unknown(item) for item in value.values())
        case _:
            return value is Opaque.COMPUTED


def names_in(written: Written) -> tuple[str, ...]:
    """Return what the refs in a value name, each once."""
    match written:
        case Ref(name, _):
            return (name,)
        case Applied(value):
            return names_in(value)
        case list():
            return tuple(dict.fromkeys(name for item in written for name in names_in(item)))
        case dict():
            return tuple(dict.fromkeys(name for item in written.values() for name in names_in(item)))
        case _:
            return ()
