"""What ties resources of several stacks together."""

import pytest

from mwaa_guardrails.reading.identity import Identity, identity_of, is_of_its_stack, is_tied, may_be_tied
from mwaa_guardrails.reading.resource import Opaque, Resource, Value

URN = "urn:pulumi:dev::test::type::name"


def _resource(type_: str, inputs: dict[str, Value], outputs: dict[str, Value] | None = None) -> Resource:
    return Resource(urn=URN, type=type_, name="name", inputs=inputs, outputs=outputs or {})


@pytest.mark.parametrize(
    ("sentence", "resource", "expected"),
    [
        (
            "a subnet is near its VPC",
            _resource("aws:ec2/subnet:Subnet", {"vpcId": "vpc-0a"}, {"id": "subnet-0b", "vpcId": "vpc-0a"}),
            Identity(
                thing=("subnet", "subnet-0b"),
                near=frozenset({"vpc-0a", "subnet-0b"}),
                far=frozenset(),
                begins=False,
            ),
        ),
        (
            "a rule is near its group, and names another",
            _resource(
                "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                {
                    "securityGroupId": "sg-0a",
                    "referencedSecurityGroupId": "123456789012/sg-0b",
                    "prefixListId": "pl-0c",
                },
            ),
            Identity(thing=None, near=frozenset({"sg-0a"}), far=frozenset({"sg-0b", "pl-0c"}), begins=False),
        ),
        (
            "a group that names itself is near itself",
            _resource(
                "aws:ec2/securityGroup:SecurityGroup",
                {"ingress": ({"securityGroups": ("sg-0a", "sg-0b")},)},
                {"id": "sg-0a"},
            ),
            Identity(
                thing=("security group", "sg-0a"),
                near=frozenset({"sg-0a"}),
                far=frozenset({"sg-0b"}),
                begins=False,
            ),
        ),
        (
            "an entry is near its prefix list",
            _resource("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", {"prefixListId": "pl-0a"}),
            Identity(thing=None, near=frozenset({"pl-0a"}), far=frozenset(), begins=False),
        ),
        (
            "an environment is near what it uses, and begins a judgement",
            _resource(
                "aws:mwaa/environment:Environment",
                {"networkConfiguration": {"subnetIds": ("subnet-0a",), "securityGroupIds": ("sg-0b",)}},
                {"id": "etl"},
            ),
            Identity(
                thing=("environment", "etl"),
                near=frozenset({"subnet-0a", "sg-0b"}),
                far=frozenset(),
                begins=True,
            ),
        ),
        (
            "a subnet that tags declare begins one; what its tags say ties nothing",
            _resource(
                "aws:ec2/subnet:Subnet", {}, {"id": "", "tagsAll": {"mwaa:environment": "etl", "a": "vpc-0a"}}
            ),
            Identity(thing=None, near=frozenset(), far=frozenset(), begins=True),
        ),
        (
            "tags of the program do as well, and those of other parts do not",
            _resource("aws:ec2/securityGroup:SecurityGroup", {"tags": {"mwaa:environment": "etl"}}),
            Identity(thing=None, near=frozenset(), far=frozenset(), begins=True),
        ),
        (
            "a VPC with such tags declares nothing",
            _resource("aws:ec2/vpc:Vpc", {"tags": {"mwaa:environment": "etl"}}),
            Identity(thing=None, near=frozenset(), far=frozenset(), begins=False),
        ),
        (
            "what is no id, or not known, ties nothing",
            _resource(
                "aws:ec2/route:Route",
                {
                    "routeTableId": Opaque.SECRET,
                    "transitGatewayId": "tgw-0a",
                    "destinationCidrBlock": "0.0.0.0/0",
                },
                {"id": "r-rtb-0a1"},
            ),
            Identity(
                thing=("aws:ec2/route:Route", "r-rtb-0a1"), near=frozenset(), far=frozenset(), begins=False
            ),
        ),
        (
            "other spellings tie as well",
            _resource("aws-native:ec2:Subnet", {"vpcId": "vpc-0a"}, {"subnetId": "subnet-0b"}),
            Identity(
                thing=("subnet", "subnet-0b"),
                near=frozenset({"vpc-0a", "subnet-0b"}),
                far=frozenset(),
                begins=False,
            ),
        ),
    ],
)
def test_ids_say_what_lies_together(sentence: str, resource: Resource, expected: Identity) -> None:
    """A far side that is merely named does not."""
    assert identity_of(resource) == expected, sentence


@pytest.mark.parametrize(
    ("type_", "tied", "of_its_stack"),
    [
        ("aws:ec2/subnet:Subnet", True, False),
        ("pulumi:providers:aws", True, True),
        ("pulumi:providers:aws-native", True, True),
        ("pulumi:providers:random", False, False),
        ("aws:cloudformation/stack:Stack", True, True),
        ("aws:sns/topic:Topic", False, False),
        ("pulumi:pulumi:Stack", False, False),
    ],
)
def test_what_has_a_part_in_several_stacks(type_: str, *, tied: bool, of_its_stack: bool) -> None:
    """What is read, and what says something of its stack."""
    resource = _resource(type_, {})
    assert (is_tied(resource), is_of_its_stack(resource)) == (tied, of_its_stack)
    assert may_be_tied(type_) is tied
    assert may_be_tied("aws:cloudcontrol/resource:Resource")


@pytest.mark.parametrize("type_", ["aws:ec2/networkAclRule:NetworkAclRule", "aws-native:ec2:Route"])
def test_what_stands_in_something_unknown_may_stand_in_any_of_its_stack(type_: str) -> None:
    """Its id is secret; nothing else ties it to anything."""
    hidden: dict[str, Value] = {"networkAclId": Opaque.SECRET, "routeTableId": Opaque.COMPUTED}
    assert is_of_its_stack(_resource(type_, hidden))
    assert not is_of_its_stack(_resource(type_, {"networkAclId": "acl-0a", "cidrBlock": Opaque.SECRET}))
    assert not is_tied(_resource("aws:sns/topic:Topic", {"vpcId": Opaque.SECRET}))
