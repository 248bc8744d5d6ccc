"""References lead to the parts they mean: by id, else by what the property depends on."""

from dataclasses import replace

import pytest

from mwaa_guardrails.aws.model import Inside, NetworkAcl, Outside, Peer, RouteTable, SecurityGroup, Unresolved
from mwaa_guardrails.reading.network import read_network
from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from mwaa_guardrails.unknown import Reason, Unknown
from tests.policy_pack.networks import changed, environment, right_network
from tests.policy_pack.stacks import EXACT, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import SILENT, undetermined, verdict

RIGHT = right_network()
VPC = "urn:pulumi:dev::test::aws:ec2/vpc:Vpc::vpc"


def urn(type_: str, name: str) -> str:
    """Return a resource's URN."""
    return f"urn:pulumi:dev::test::aws:{type_}::{name}"


def spoilt(resources: tuple[Resource, ...], name: str, **outputs: Value) -> tuple[Resource, ...]:
    """Return resources with some outputs of one of them changed."""
    return tuple(
        replace(each, outputs={**each.outputs, **outputs}) if each.name == name else each
        for each in resources
    )


@pytest.mark.parametrize("rendering", EXACT)
def test_adopted_defaults_stand_under_their_vpc(rendering: Rendering) -> None:
    """An adopted default replaces the one that AWS implies."""
    stack = changed(
        RIGHT,
        made(
            "ec2/defaultNetworkAcl:DefaultNetworkAcl",
            "nacl",
            defaultNetworkAclId=ref("vpc", "defaultNetworkAclId"),
        ),
        made("ec2/defaultSecurityGroup:DefaultSecurityGroup", "dsg", vpcId=ref("vpc")),
        made(
            "ec2/defaultRouteTable:DefaultRouteTable",
            "drt",
            defaultRouteTableId=ref("vpc", "defaultRouteTableId"),
        ),
    )
    model = read_network(render(stack, rendering))
    parts: tuple[NetworkAcl | SecurityGroup | RouteTable, ...] = (
        model.network_acls[VPC],
        model.security_groups[VPC],
        model.route_tables[VPC],
    )
    assert [part.origin.name for part in parts] == ["nacl", "dsg", "drt"]


def test_an_adopted_default_of_a_vpc_outside_stands_under_its_own_urn() -> None:
    """Nobody knows more of it."""
    stack = changed(
        RIGHT, made("ec2/defaultNetworkAcl:DefaultNetworkAcl", "nacl", defaultNetworkAclId="acl-outside")
    )
    model = read_network(render(stack, Rendering.DEPLOYED))
    assert urn("ec2/defaultNetworkAcl:DefaultNetworkAcl", "nacl") in model.network_acls
    assert model.network_acls[VPC].origin.implied


def test_a_table_that_became_the_main_one_is_still_itself() -> None:
    """After a refresh the VPC names it as its default table; the table knows its routes better."""
    resources = render(RIGHT, Rendering.DEPLOYED)
    named = spoilt(
        resources, "vpc", mainRouteTableId="id-of-private-table", defaultRouteTableId="id-of-private-table"
    )
    table = read_network(named).route_table_of(Inside(urn("ec2/subnet:Subnet", "a")))
    assert isinstance(table, RouteTable)
    assert table.origin.name == "private-table"
    assert verdict(named) == SILENT


def test_where_no_property_tells_its_dependencies_those_of_the_resource_count() -> None:
    """As engines did once."""
    resources = tuple(replace(each, property_dependencies={}) for each in render(RIGHT, Rendering.PREVIEW))
    assert verdict(resources) == SILENT


def test_a_resource_nobody_looked_at_hides_what_it_holds() -> None:
    """Under `--target` a new resource arrives with empty properties."""
    resources = tuple(
        replace(each, inputs={}, outputs={}) if each.name == "self" else each
        for each in render(RIGHT, Rendering.PREVIEW)
    )
    assert verdict(resources) == undetermined("self", "referencedSecurityGroupId")


def test_known_and_unknown_ids_of_one_list_do_not_meet() -> None:
    """What a known id means is no candidate for the unknown one."""
    network: dict[str, Written] = {
        "subnetIds": ["id-of-a", ref("b")],
        "securityGroupIds": [ref("group")],
    }
    stack = changed(RIGHT, made("mwaa/environment:Environment", "env", networkConfiguration=network))
    resources = spoilt(render(stack, Rendering.PREVIEW), "a", id="id-of-a")
    assert verdict(resources) == SILENT


def test_more_candidates_than_unknown_ids_leave_a_choice() -> None:
    """Each may be meant, and none is taken."""
    network: dict[str, Written] = {
        "subnetIds": [[ref("a"), ref("b")], [ref("b"), ref("public")]],
        "securityGroupIds": [ref("group")],
    }
    stack = changed(RIGHT, made("mwaa/environment:Environment", "env", networkConfiguration=network))
    resources = tuple(
        replace(
            each,
            inputs={
                "networkConfiguration": {"subnetIds": (Opaque.COMPUTED,) * 2, "securityGroupIds": ("sg-1",)}
            },
            outputs={},
        )
        if each.name == "env"
        else each
        for each in render(stack, Rendering.PREVIEW)
    )
    model = read_network(resources)
    subnets = model.environments[0].subnets
    assert isinstance(subnets, tuple)
    assert [type(each).__name__ for each in subnets] == ["Unresolved", "Unresolved"]
    assert model.environments[0].security_groups == (Outside("sg-1"),)


def test_a_subnet_without_a_vpc_is_nowhere() -> None:
    """AWS would refuse it; nothing is made of it."""
    stack = changed(
        RIGHT,
        made("ec2/subnet:Subnet", "a", cidrBlock="10.0.0.0/24"),
        without=("association-a", "acl", "in", "out"),
    )
    found = read_network(render(stack, Rendering.DEPLOYED)).route_table_of(
        Inside(urn("ec2/subnet:Subnet", "a"))
    )
    assert found == Unknown(urn=urn("ec2/subnet:Subnet", "a"), path="vpcId", reason=Reason.MALFORMED)


def test_the_s3_gateway_may_have_tables_nobody_knows() -> None:
    """Then no subnet surely leads to it."""
    stack = changed(
        RIGHT,
        made(
            "ec2/vpcEndpoint:VpcEndpoint",
            "s3",
            vpcId=ref("vpc"),
            serviceName="com.amazonaws.eu-west-1.s3",
            routeTableIds=Opaque.COMPUTED,
        ),
    )
    assert verdict(render(stack, Rendering.DEPLOYED)) == SILENT


def test_a_rule_that_may_belong_to_either_group_is_in_doubt_for_both() -> None:
    """It is neither there nor absent."""
    stack = changed(
        RIGHT,
        made("ec2/securityGroup:SecurityGroup", "other", vpcId=ref("vpc")),
        made(
            "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            "self",
            securityGroupId=[ref("group"), ref("other")],
            referencedSecurityGroupId=ref("group"),
            ipProtocol="-1",
        ),
    )
    resources = spoilt(render(stack, Rendering.PREVIEW), "self", securityGroupId=Opaque.COMPUTED)
    resources = tuple(
        replace(each, inputs={**each.inputs, "securityGroupId": Opaque.COMPUTED})
        if each.name == "self"
        else each
        for each in resources
    )
    assert verdict(resources) == undetermined("self", "securityGroupId")


def test_a_peer_that_may_be_one_of_the_others_is_a_question() -> None:
    """It is surely not the group itself; whether the groups let one another in is unknown."""
    groups = [made("ec2/securityGroup:SecurityGroup", name, vpcId=ref("vpc")) for name in ("other", "third")]
    stack = changed(
        RIGHT,
        *groups,
        made(
            "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            "self",
            securityGroupId=ref("group"),
            referencedSecurityGroupId=[ref("other"), ref("third")],
            ipProtocol="-1",
        ),
        environment(["a", "b"], ["group", "other"]),
    )
    resources = tuple(
        replace(each, inputs={**each.inputs, "referencedSecurityGroupId": Opaque.COMPUTED}, outputs={})
        if each.name == "self"
        else each
        for each in render(stack, Rendering.PREVIEW)
    )
    assert verdict(resources) == undetermined("self", "referencedSecurityGroupId")


@pytest.mark.parametrize("rendering", EXACT)
def test_an_id_taken_from_a_resource_that_names_it_leads_to_the_same_part(rendering: Rendering) -> None:
    """Programs take it from there to wait: for a secondary block, for an association."""
    block = "ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"
    stack = changed(
        RIGHT,
        made(block, "more", vpcId=ref("vpc"), cidrBlock="100.64.0.0/16"),
        made("ec2/subnet:Subnet", "a", vpcId=ref("more", "vpcId"), cidrBlock="100.64.0.0/24"),
        made(
            "ec2/route:Route",
            "way-out",
            routeTableId=ref("association-a", "routeTableId"),
            destinationCidrBlock="198.51.100.0/24",
            gatewayId=ref("igw"),
        ),
    )
    model = read_network(render(stack, rendering))
    assert model.subnets[urn("ec2/subnet:Subnet", "a")].vpc == Inside(VPC)
    table = model.route_tables[urn("ec2/routeTable:RouteTable", "private-table")]
    assert "way-out" in {route.origin.name for route in table.routes}


def test_an_id_taken_from_a_resource_that_names_two_may_mean_either() -> None:
    """A peering has two VPCs, and nobody tells by which of its outputs a program takes one."""
    stack = changed(
        RIGHT,
        made("ec2/vpc:Vpc", "other", cidrBlock="10.9.0.0/16"),
        made(
            "ec2/vpcPeeringConnection:VpcPeeringConnection",
            "peering",
            vpcId=ref("other"),
            peerVpcId=ref("vpc"),
        ),
        made("ec2/subnet:Subnet", "a", vpcId=ref("peering", "peerVpcId"), cidrBlock="10.0.0.0/24"),
    )
    first, then = (
        read_network(render(stack, rendering)).subnets[urn("ec2/subnet:Subnet", "a")].vpc
        for rendering in (Rendering.PREVIEW, Rendering.DEPLOYED)
    )
    assert isinstance(first, Unresolved)
    assert set(first.candidates) == {VPC, urn("ec2/vpc:Vpc", "other")}
    assert then == Inside(VPC)


def test_a_group_of_another_account_is_meant_by_account_and_id() -> None:
    """As a rule names it in a VPC that the account shares."""
    stack = changed(
        RIGHT,
        made("ec2/securityGroup:SecurityGroup", "tenant", vpcId=ref("vpc")),
        made(
            "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            "admission",
            securityGroupId=ref("group"),
            referencedSecurityGroupId="222222222222/sg-0abc",
            ipProtocol="-1",
        ),
    )
    resources = spoilt(render(stack, Rendering.DEPLOYED), "tenant", id="sg-0abc")
    model = read_network(resources)
    rules = model.security_groups[urn("ec2/securityGroup:SecurityGroup", "group")].rules
    (peer,) = [rule.peer for rule in rules if rule.origin.name == "admission"]
    assert isinstance(peer, Peer)
    assert peer.reference == Inside(urn("ec2/securityGroup:SecurityGroup", "tenant"))
