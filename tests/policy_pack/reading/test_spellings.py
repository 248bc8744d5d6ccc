"""Other spellings: each becomes the resource of pulumi-aws 7 that makes the same, and keeps its own words."""

import json
from collections.abc import Mapping

import pytest

from mwaa_guardrails.aws.model import Origin
from mwaa_guardrails.reading.network import READ_TYPES, is_read
from mwaa_guardrails.reading.properties import Properties, properties_of
from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from mwaa_guardrails.reading.spellings import SPELLINGS, as_aws, is_template
from mwaa_guardrails.unknown import Reason, Unknown

URN = "urn:pulumi:dev::test::type::it"
VPC_URN = "urn:pulumi:dev::test::aws-native:ec2:Vpc::vpc"


def written(
    type_: str,
    inputs: Mapping[str, Value],
    outputs: Mapping[str, Value] | None = None,
    depends: Mapping[str, tuple[str, ...]] | None = None,
) -> Resource:
    """Return a resource; without outputs, a new one whose inputs the provider echoes."""
    return Resource(
        urn=URN,
        type=type_,
        name="it",
        inputs=inputs,
        outputs=inputs if outputs is None else outputs,
        dependencies=tuple(urn for urns in (depends or {}).values() for urn in urns),
        property_dependencies=depends or {},
    )


def read(resource: Resource) -> Properties:
    """Return the properties of a resource as pulumi-aws 7 has them."""
    return properties_of(as_aws(resource))


GROUP = written(
    "aws-native:ec2:SecurityGroup",
    {
        "vpcId": "vpc-1",
        "securityGroupIngress": (
            {"ipProtocol": "tcp", "fromPort": 443.0, "toPort": 443.0, "cidrIp": "10.0.0.0/8"},
            {"ipProtocol": "-1", "sourceSecurityGroupId": Opaque.COMPUTED},
            Opaque.COMPUTED,
        ),
        "securityGroupEgress": ({"ipProtocol": "-1", "destinationPrefixListId": "pl-1", "cidrIpv6": None},),
        "tags": ({"key": "a", "value": "b"}, {"key": "c", "value": Opaque.COMPUTED}),
    },
)


def test_properties_get_the_names_of_pulumi_aws_and_single_sources_become_lists() -> None:
    """Down to the entries; what is unknown stays unknown where it was."""
    group = as_aws(GROUP)
    assert group.type == "aws:ec2/securityGroup:SecurityGroup"
    assert group.inputs == {
        "vpcId": "vpc-1",
        "ingress": (
            {"protocol": "tcp", "fromPort": 443.0, "toPort": 443.0, "cidrBlocks": ("10.0.0.0/8",)},
            {"protocol": "-1", "securityGroups": (Opaque.COMPUTED,)},
            Opaque.COMPUTED,
        ),
        "egress": ({"protocol": "-1", "prefixListIds": ("pl-1",)},),
        "tags": {"a": "b", "c": Opaque.COMPUTED},
    }


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("ingress", "securityGroupIngress"),
        ("ingress[1].securityGroups[0]", "securityGroupIngress[1].sourceSecurityGroupId"),
        ("egress[0].securityGroups[0]", "securityGroupEgress[0].destinationSecurityGroupId"),
        ("egress[0].protocol", "securityGroupEgress[0].ipProtocol"),
        ("vpcId", "vpcId"),
        ("ingress[2].fromPort", "securityGroupIngress[2].fromPort"),
    ],
)
def test_a_question_names_the_property_as_the_program_wrote_it(key: str, path: str) -> None:
    """Also inside the entries of a list."""
    assert read(GROUP).unknown(key, Reason.NOT_YET) == Unknown(urn=URN, path=path)


def test_an_entry_remembers_where_it_was_written() -> None:
    """The type and the path are the program's own."""
    entries = read(GROUP).objects("ingress")
    assert not isinstance(entries, Unknown)
    first, second, third = entries
    assert isinstance(first, Properties)
    assert isinstance(second, Properties)
    assert first.origin == Origin(
        urn=URN, type="aws-native:ec2:SecurityGroup", name="it", path="securityGroupIngress[0]"
    )
    assert second.unknown("securityGroups[0]", Reason.NOT_YET).path == (
        "securityGroupIngress[1].sourceSecurityGroupId"
    )
    assert third == Unknown(urn=URN, path="securityGroupIngress[2]")


@pytest.mark.parametrize(
    ("outputs", "id_"),
    [
        ({"groupId": "sg-1", "awsId": "sg-2"}, "sg-1"),
        ({"id": "sg-1"}, "sg-1"),
        ({"groupId": Opaque.COMPUTED}, Opaque.COMPUTED),
        ({"vpcId": "vpc-1"}, None),
    ],
    ids=["its own output", "an older release's output", "not known yet", "absent"],
)
def test_the_id_is_the_output_that_holds_aws_s_own(outputs: Mapping[str, Value], id_: Value) -> None:
    """The Pulumi id is not among the outputs of aws-native."""
    assert as_aws(written("aws-native:ec2:SecurityGroup", {}, outputs)).outputs.get("id") == id_


def test_dependencies_follow_the_names() -> None:
    """So that a reference whose id is not known yet still leads to its resource."""
    rule = written(
        "aws-native:ec2:SecurityGroupIngress", {"groupId": Opaque.COMPUTED}, depends={"groupId": (VPC_URN,)}
    )
    assert as_aws(rule).property_dependencies == {"securityGroupId": (VPC_URN,)}


STATE = {
    "VpcId": "vpc-1",
    "SecurityGroupIds": ["sg-1"],
    "PrivateDnsEnabled": True,
    "PolicyDocument": {"Statement": []},
    "DnsOptions": None,
    "Tags": [{"Key": "a", "Value": "b"}],
}
_CONTROL = "aws:cloudcontrol/resource:Resource"
_EXTENSION = "aws-native:index:ExtensionResource"


def test_cloud_control_is_read_from_its_json() -> None:
    """Its properties have CloudFormation's names, documents and tags keep theirs."""
    endpoint = read(
        written(
            _CONTROL,
            {"typeName": "AWS::EC2::VPCEndpoint", "desiredState": json.dumps(STATE)},
            {"properties": json.dumps({"Id": "vpce-1"})},
        )
    )
    assert endpoint.resource.type == "aws:ec2/vpcEndpoint:VpcEndpoint"
    assert endpoint.text("id") == "vpce-1"
    assert endpoint.items("securityGroupIds") == ("sg-1",)
    assert endpoint.flag("privateDnsEnabled") is True
    assert endpoint.values["policy"] == {"Statement": ()}
    assert endpoint.values["tags"] == {"a": "b"}
    assert endpoint.origin.type == _CONTROL
    assert endpoint.unknown("policy", Reason.NOT_YET).path == "desiredState"


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(Opaque.COMPUTED, id="unknown"),
        pytest.param("{", id="no JSON"),
        pytest.param("[]", id="no object"),
        pytest.param(7.0, id="no text"),
        pytest.param('{"GroupId": "\\ud800"}', id="half a character"),
        pytest.param(f'{{"GroupId": {"[" * 200}{"]" * 200}}}', id="nested beyond all reason"),
    ],
)
def test_of_cloud_control_without_readable_json_nothing_is_known(state: Value) -> None:
    """One unknown makes the whole text unknown; what it depends on says what it is made with."""
    rule = as_aws(
        written(
            _CONTROL,
            {"typeName": "AWS::EC2::SecurityGroupIngress", "desiredState": state},
            {"properties": Opaque.COMPUTED},
            depends={"desiredState": (VPC_URN,)},
        )
    )
    assert rule.dependencies == (VPC_URN,)
    assert properties_of(rule).text("securityGroupId") == Unknown(urn=URN, path="desiredState")


def test_an_extension_resource_is_read_from_its_inputs() -> None:
    """Its properties are an object, so that each of them may be unknown by itself."""
    extension = read(
        written(
            _EXTENSION,
            {
                "type": "AWS::MWAA::Environment",
                "properties": {
                    "NetworkConfiguration": {"SubnetIds": (Opaque.COMPUTED,)},
                    "Tags": {"Owner": "x"},
                },
            },
            {"outputs": Opaque.COMPUTED},
        )
    )
    network = extension.object("networkConfiguration")
    assert isinstance(network, Properties)
    assert network.items("subnetIds") == (Opaque.COMPUTED,)
    assert network.unknown("subnetIds[0]", Reason.NOT_YET).path == (
        "properties.NetworkConfiguration.SubnetIds[0]"
    )
    assert extension.values["tags"] == {"Owner": "x"}


@pytest.mark.parametrize(
    ("resource", "may_fill"),
    [
        (written(_CONTROL, {"typeName": "AWS::S3::AccessPoint", "desiredState": "{}"}), False),
        (written(_CONTROL, {"typeName": Opaque.COMPUTED, "desiredState": "{}"}), True),
        (written(_CONTROL, {}, {"typeName": "AWS::EC2::NetworkAclEntry"}), True),
        (written(_EXTENSION, {"type": "AWS::EC2::NetworkAclEntry", "properties": {}}), True),
        (written("aws:cloudformation/stack:Stack", {"templateBody": "{}"}), True),
        (written("aws:sqs/queue:Queue", {"name": "q"}), False),
    ],
    ids=lambda value: value.type if isinstance(value, Resource) else str(value),
)
def test_what_nobody_reads_stays_as_it_is_and_may_be_a_template(resource: Resource, may_fill: bool) -> None:  # noqa: FBT001 - a column of the table
    """Only templates, and resources of no known type, may hold entries of an ACL."""
    assert as_aws(resource) is resource
    assert not is_read(resource)
    assert is_template(resource) is may_fill


def test_each_spelling_of_what_is_read_is_read() -> None:
    """A new reader for a type of pulumi-aws finds its other spellings by itself."""
    for type_, meant in SPELLINGS.items():
        assert (type_ in READ_TYPES) == (meant in READ_TYPES)
        assert is_read(written(type_, {"tags": {}})) == (meant in READ_TYPES)


def test_a_bucket_of_an_older_pulumi_aws_is_a_bucket() -> None:
    """Release 7 still ships the token of 6."""
    bucket = as_aws(written("aws:s3/bucketV2:BucketV2", {"bucket": "dags"}, {"id": "dags", "bucket": "dags"}))
    assert bucket.type == "aws:s3/bucket:Bucket"
    assert bucket.outputs == {"id": "dags", "bucket": "dags"}
    assert properties_of(bucket).origin.type == "aws:s3/bucketV2:BucketV2"


def test_a_native_resource_that_nobody_looked_at_is_unknown_as_a_whole() -> None:
    """Nothing is stated of it, not even what its type always means."""
    group = read(written("aws-native:ec2:SecurityGroup", {}))
    assert group.unseen
    assert group.text("vpcId") == Unknown(urn=URN, path="vpcId", reason=Reason.NOT_LOOKED_AT)
