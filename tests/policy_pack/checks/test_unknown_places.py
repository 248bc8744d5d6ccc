"""Networks whose place cannot be known yet: asked about once, and never taken for another place."""

import pytest

from mwaa_guardrails.evaluation import evaluate
from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import changed, interface_endpoint, right_private_network
from tests.policy_pack.stacks import Made, Rendering, Written, made, ref, render
from tests.policy_pack.verdicts import CUSTOMER, DNS, DNS_TWICE, MISSING

PRIVATE = right_private_network()


def subnets(**changes: Written) -> tuple[Made, Made]:
    """Return both private subnets with some properties changed."""
    return tuple(
        made("ec2/subnet:Subnet", each.name, **{**each.inputs, **changes})
        for each in PRIVATE
        if each.name in ("a", "b")
    )  # type: ignore[return-value] # there are two


def asked_by(stack: tuple[Made, ...], check: str) -> list[tuple[str, str]]:
    """Return the properties that a check asks for, by resource."""
    evaluation = evaluate(render(stack, Rendering.DEPLOYED))
    assert evaluation.failures == ()
    return [
        (each.unknown.urn.rpartition("::")[2], each.unknown.path)
        for each in evaluation.undetermined
        if check in each.checks
    ]


def found_by(stack: tuple[Made, ...], check: str) -> list[str]:
    """Return the resources that a check reports."""
    evaluation = evaluate(render(stack, Rendering.DEPLOYED))
    findings = (*evaluation.violations, *evaluation.advice)
    return [each.subject.name for each in findings if each.check == check]


OFF = made("ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16", enableDnsHostnames=False)
LOST = subnets(vpcId=Opaque.COMPUTED)


@pytest.mark.parametrize("check", [DNS, MISSING])
def test_subnets_of_an_unknown_vpc_are_asked_about(check: str) -> None:
    """The VPC at hand has hostnames off and lacks an endpoint, and may be theirs."""
    stack = changed(PRIVATE, OFF, *LOST, without=("kms",))
    assert found_by(stack, check) == []
    assert asked_by(stack, check) == [("a", "vpcId")]


def test_hostnames_are_asked_about_no_further_where_the_vpc_has_them() -> None:
    """Whichever VPC it is, none of them has an attribute off."""
    assert asked_by(changed(PRIVATE, *LOST), DNS) == []


def test_an_endpoint_of_an_unknown_vpc_may_claim_a_name_a_second_time() -> None:
    """It is asked about, and no conflict is made up."""
    second = made(
        "ec2/vpcEndpoint:VpcEndpoint",
        "second",
        **{**interface_endpoint("kms").inputs, "vpcId": Opaque.COMPUTED},
    )
    stack = changed(PRIVATE, second)
    assert found_by(stack, DNS_TWICE) == []
    assert asked_by(stack, DNS_TWICE) == [("second", "vpcId")]


def test_a_customer_endpoint_of_an_unknown_vpc_may_be_the_one_that_is_missing() -> None:
    """It is asked about, and nothing is called missing."""
    network: dict[str, Written] = {
        "subnetIds": [ref("a"), ref("b")],
        "securityGroupIds": [ref("group")],
    }
    environment = made(
        "mwaa/environment:Environment",
        "env",
        endpointManagement="CUSTOMER",
        webserverAccessMode="PUBLIC_ONLY",
        networkConfiguration=network,
    )
    database = made(
        "ec2/vpcEndpoint:VpcEndpoint",
        "database",
        serviceName=ref("env", "databaseVpcEndpointService"),
        vpcEndpointType="Interface",
        vpcId=Opaque.COMPUTED,
        subnetIds=[ref("a"), ref("b")],
        securityGroupIds=[ref("group")],
    )
    stack = changed(PRIVATE, environment, database)
    assert found_by(stack, CUSTOMER) == []
    assert ("database", "vpcId") in asked_by(stack, CUSTOMER)
