"""A deployed stack as a CloudFormation template. Tags are left out: no rule looks at them."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from mwaa_guardrails.reading.resource import Resource, Value
from tests.checkov.references import Reference, References

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What CloudFormation has in place of a type of pulumi-aws.

    Attributes:
        type: The type.
        named: What it calls properties; the rest have their name with a capital letter.
        beside: Properties that the type implies in pulumi-aws.
        documents: Properties that are texts in pulumi-aws and documents here.
    """

    type: str
    named: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, Json] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()


def _rule(direction: str, far_side: str) -> Kind:
    return Kind(
        type=f"AWS::EC2::SecurityGroup{direction}",
        named={
            "securityGroupId": "GroupId",
            "cidrIpv4": "CidrIp",
            "referencedSecurityGroupId": f"{far_side}SecurityGroupId",
            "prefixListId": f"{far_side}PrefixListId",
        },
    )


KINDS: Final[Mapping[str, Kind]] = {
    "aws:cloudwatch/logGroup:LogGroup": Kind(type="AWS::Logs::LogGroup", named={"name": "LogGroupName"}),
    "aws:ec2/eip:Eip": Kind(type="AWS::EC2::EIP"),
    "aws:ec2/flowLog:FlowLog": Kind(
        type="AWS::EC2::FlowLog", named={"vpcId": "ResourceId"}, beside={"ResourceType": "VPC"}
    ),
    "aws:ec2/internetGateway:InternetGateway": Kind(type="AWS::EC2::InternetGateway"),
    "aws:ec2/natGateway:NatGateway": Kind(type="AWS::EC2::NatGateway"),
    "aws:ec2/networkAcl:NetworkAcl": Kind(type="AWS::EC2::NetworkAcl"),
    "aws:ec2/networkAclAssociation:NetworkAclAssociation": Kind(type="AWS::EC2::SubnetNetworkAclAssociation"),
    "aws:ec2/networkAclRule:NetworkAclRule": Kind(type="AWS::EC2::NetworkAclEntry"),
    "aws:ec2/route:Route": Kind(type="AWS::EC2::Route"),
    "aws:ec2/routeTable:RouteTable": Kind(type="AWS::EC2::RouteTable"),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": Kind(type="AWS::EC2::SubnetRouteTableAssociation"),
    "aws:ec2/securityGroup:SecurityGroup": Kind(
        type="AWS::EC2::SecurityGroup", named={"description": "GroupDescription"}
    ),
    "aws:ec2/subnet:Subnet": Kind(type="AWS::EC2::Subnet"),
    "aws:ec2/vpc:Vpc": Kind(type="AWS::EC2::VPC"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": Kind(
        type="AWS::EC2::VPCEndpoint", named={"policy": "PolicyDocument"}, documents=frozenset({"policy"})
    ),
    "aws:iam/role:Role": Kind(
        type="AWS::IAM::Role",
        named={"assumeRolePolicy": "AssumeRolePolicyDocument"},
        documents=frozenset({"assumeRolePolicy"}),
    ),
    "aws:iam/rolePolicy:RolePolicy": Kind(
        type="AWS::IAM::Policy",
        named={"policy": "PolicyDocument", "role": "Roles"},
        beside={"PolicyName": "mwaa"},
        documents=frozenset({"policy"}),
    ),
    "aws:kms/key:Key": Kind(
        type="AWS::KMS::Key", named={"policy": "KeyPolicy"}, documents=frozenset({"policy"})
    ),
    "aws:mwaa/environment:Environment": Kind(type="AWS::MWAA::Environment"),
    "aws:s3/bucket:Bucket": Kind(type="AWS::S3::Bucket", named={"bucket": "BucketName"}),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _rule("Egress", "Destination"),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _rule("Ingress", "Source"),
}

NOT_THERE: Final = frozenset({"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"})
"""The types that CloudFormation does not have."""

# What is a resource of its own in pulumi-aws and a property of the bucket here.
_OF_BUCKETS: Final = {
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "LifecycleConfiguration",
    "aws:s3/bucketLogging:BucketLogging": "LoggingConfiguration",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "PublicAccessBlockConfiguration",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
        "BucketEncryption"
    ),
    "aws:s3/bucketVersioning:BucketVersioning": "VersioningConfiguration",
}
_DEEPER_NAMES: Final = {
    "applyServerSideEncryptionByDefault": "ServerSideEncryptionByDefault",
    "kmsMasterKeyId": "KMSMasterKeyID",
    "sseAlgorithm": "SSEAlgorithm",
    "targetBucket": "DestinationBucketName",
    "targetPrefix": "LogFilePrefix",
}
_ATTRIBUTES: Final = {"allocationId": "AllocationId", "arn": "Arn"}
_REFS: Final = frozenset({"bucket", "id", "name"})
_LEFT_OUT: Final = frozenset({"region", "tags", "tagsAll"})


def logical_id(resource: Resource) -> str:
    """Return what a template calls a resource."""
    words = re.findall("[A-Za-z0-9]+", resource.name)
    return "".join(word[0].upper() + word[1:] for word in (*words, KINDS[resource.type].type.split("::")[2]))


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def _as_in_a_bucket(name: str, setting: Json) -> Json:
    """Return what is a resource in pulumi-aws as the property of a bucket that it is here."""
    if name == "BucketEncryption":
        assert isinstance(setting, Mapping)
        return {"ServerSideEncryptionConfiguration": setting["Rules"]}
    if name == "LifecycleConfiguration":
        assert isinstance(setting, Mapping)
        assert isinstance(setting["Rules"], Sequence)
        return {"Rules": [_lifecycle_rule(each) for each in setting["Rules"]]}
    return setting


def _lifecycle_rule(rule: Json) -> Json:
    """A rule for every object, which CloudFormation has without a filter."""
    assert isinstance(rule, Mapping)
    assert rule["Filter"] == {"Prefix": ""}
    return {key: value for key, value in rule.items() if key != "Filter"}


def _name(name: str) -> str:
    return _DEEPER_NAMES.get(name, _capital(name))


class Template:
    """A template that grows by one resource of pulumi-aws after another."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        """Make the template of a deployed stack."""
        self._references = References(resources)
        self._resources: dict[str, dict[str, Json]] = {}
        self._parameters: dict[str, Json] = {}
        for each in resources:
            if each.type in KINDS:
                self._add(each, KINDS[each.type])
        for each in resources:
            if each.type in _OF_BUCKETS:
                self._add_to_bucket(each, _OF_BUCKETS[each.type])
            elif each.type not in KINDS and each.type not in NOT_THERE:
                raise NotImplementedError(each.type)

    def addresses(self) -> tuple[str, ...]:
        """Return the type and the name of each resource, as Checkov calls it."""
        return tuple(f"{each['Type']}.{name}" for name, each in self._resources.items())

    def text(self, metadata: Mapping[str, Json] | None = None) -> str:
        """Return the template as JSON, with metadata for resources by address."""
        by_name = {address.rpartition(".")[2]: each for address, each in (metadata or {}).items()}
        resources: Json = {
            name: {**each, "Metadata": by_name[name]} if by_name.get(name) else each
            for name, each in self._resources.items()
        }
        return json.dumps(
            {
                "AWSTemplateFormatVersion": "2010-09-09",
                **({"Parameters": self._parameters} if self._parameters else {}),
                "Resources": resources,
            },
            indent=2,
            sort_keys=True,
        )

    def _add(self, resource: Resource, kind: Kind) -> None:
        properties: dict[str, Json] = {
            kind.named.get(key, _capital(key)): self._document(value)
            if key in kind.documents
            else self._value(value)
            for key, value in resource.inputs.items()
            if key not in _LEFT_OUT and value is not None
        }
        properties.update(kind.beside)
        if "Roles" in properties:
            properties["Roles"] = [properties["Roles"]]
        if kind.type == "AWS::EC2::NetworkAclEntry":
            properties["Protocol"] = {"tcp": 6, "udp": 17}.get(
                str(properties["Protocol"]), properties["Protocol"]
            )
            ports = {"From": properties.pop("FromPort", None), "To": properties.pop("ToPort", None)}
            if None not in ports.values():
                properties["PortRange"] = ports
        if kind.type == "AWS::EC2::InternetGateway":
            self._resources[f"{logical_id(resource)}Attachment"] = {
                "Type": "AWS::EC2::VPCGatewayAttachment",
                "Properties": {"InternetGatewayId": {"Ref": logical_id(resource)}, **properties},
            }
            properties = {}
        self._resources[logical_id(resource)] = {"Type": kind.type, "Properties": properties}

    def _add_to_bucket(self, resource: Resource, name: str) -> None:
        stated = self._references.inputs_of(resource)
        bucket = self._value(stated["bucket"])
        assert isinstance(bucket, Mapping)
        properties = self._resources[str(bucket["Ref"])]["Properties"]
        assert isinstance(properties, dict)
        inputs = {key: value for key, value in stated.items() if key not in {*_LEFT_OUT, "bucket"}}
        whole = inputs.get("versioningConfiguration", inputs)
        properties[name] = _as_in_a_bucket(name, self._value(whole))

    def _document(self, value: Value) -> Json:
        return self._value(json.loads(str(value)), str)

    def _value(self, value: Value, named: Callable[[str], str] = _name) -> Json:
        match value:
            case str():
                return self._text(value)
            case tuple() | list():
                return [self._value(each, named) for each in value]
            case Mapping():
                return {named(key): self._value(each, named) for key, each in value.items()}
            case float() if value.is_integer():
                return int(value)
            case bool() | int() | float() | None:
                return value
            case _:
                raise TypeError(value)

    def _text(self, text: str) -> Json:
        parts: list[Json] = [
            self._reference(part) if isinstance(part, Reference) else part
            for part in self._references.parts(text)
        ]
        if len(parts) == 1:
            return parts[0]
        return {"Fn::Join": ["", parts]} if parts else ""

    def _reference(self, reference: Reference) -> Json:
        name = logical_id(reference.resource)
        if reference.output in _REFS:
            return {"Ref": name}
        if reference.output in _ATTRIBUTES:
            return {"Fn::GetAtt": [name, _ATTRIBUTES[reference.output]]}
        # CloudFormation does not tell it, so whoever uses the template must.
        parameter = f"{name}{_capital(reference.output)}"
        self._parameters[parameter] = {"Type": "String"}
        return {"Ref": parameter}
