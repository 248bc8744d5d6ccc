"""An environment waits for everything that MWAA looks at while it is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

import mwaa_network.network as network_module
from mwaa_guardrails.aws.model import Routing
from mwaa_network import Egress, Ingress, Nat, NetworkAclEntries, NetworkArgs
from tests.infra.environments import everything, made, waited_for

NEEDLESS = {
    "DefaultSecurityGroup mwaa-default": "nothing carries it; it is emptied so that nothing can",
    "Environment mwaa-environment": "the environment itself",
}
"""What is made beside an environment and need not be there before it, and why."""


NETWORKS = {
    "public": NetworkArgs(),
    "private": NetworkArgs(routing=Routing.PRIVATE, s3_endpoint_buckets=["our-dags"]),
    "restricted": NetworkArgs(routing=Routing.PRIVATE, ingress=Ingress.RESTRICTED),
    "narrow": NetworkArgs(
        routing=Routing.PRIVATE, egress=Egress.NARROW, network_acl=NetworkAclEntries.RESTRICTED
    ),
    "one NAT gateway": NetworkArgs(nat=Nat.ONE),
}


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
@pytest.mark.parametrize("preview", [False, True], ids=["up", "preview"])
def test_an_environment_waits_for_everything_that_mwaa_looks_at(
    network: NetworkArgs, *, preview: bool
) -> None:
    """Routes, associations, entries, rules, endpoints, policies, settings: all but what needs no waiting."""
    world, _ = made(network, preview=preview, customer_key=True)
    assert everything(world) - waited_for(world) == set(NEEDLESS)


@dataclass(frozen=True)
class Edge:
    """A dependency of the environment: the routing, and what it waits for."""

    routing: Routing
    needed: str


PUBLIC_WIRING = [
    "Route mwaa-public-to-internet",
    "RouteTableAssociation mwaa-public-a",
    "RouteTableAssociation mwaa-public-b",
    "RouteTableAssociation mwaa-private-a",
    "RouteTableAssociation mwaa-private-b",
    "Route mwaa-private-a-to-internet",
    "Route mwaa-private-b-to-internet",
    "NetworkAclAssociation mwaa-public-a",
    "NetworkAclAssociation mwaa-public-b",
    "NetworkAclAssociation mwaa-private-a",
    "NetworkAclAssociation mwaa-private-b",
    "NetworkAclRule mwaa-ingress",
    "NetworkAclRule mwaa-egress",
    "SecurityGroupIngressRule mwaa-self",
    "SecurityGroupEgressRule mwaa-outbound",
    "VpcEndpoint mwaa-s3",
]
PRIVATE_WIRING = [
    *(each for each in PUBLIC_WIRING if "public" not in each and "internet" not in each),
    *(f"VpcEndpoint mwaa-{service}" for service in ("sqs", "logs", "monitoring", "kms")),
]
ONLY_BY = {
    f"Route mwaa-private-{zone}-to-internet": (f"NatGateway mwaa-nat-{zone}", f"Eip mwaa-nat-{zone}")
    for zone in "ab"
}
"""What is waited for only because something that needs it is."""
OWN_WIRING = [
    "RolePolicy mwaa-execution-role",
    "BucketVersioning mwaa-dags",
    "BucketPublicAccessBlock mwaa-dags",
    "BucketServerSideEncryptionConfiguration mwaa-dags",
    "LogGroup mwaa-logs-dagprocessing",
    "LogGroup mwaa-logs-scheduler",
    "LogGroup mwaa-logs-task",
    "LogGroup mwaa-logs-webserver",
    "LogGroup mwaa-logs-worker",
]
EDGES = [
    *(Edge(Routing.PUBLIC, each) for each in (*PUBLIC_WIRING, *OWN_WIRING)),
    *(Edge(Routing.PRIVATE, each) for each in PRIVATE_WIRING),
]


def type_and_name(resource: pulumi.Resource) -> str:
    """Return `Type name` of a resource."""
    return f"{resource.pulumi_resource_type.rpartition(':')[2]} {resource.pulumi_resource_name}"


@pytest.mark.parametrize("edge", EDGES, ids=lambda each: f"{each.routing} {each.needed}")
def test_without_one_dependency_the_environment_does_not_wait(
    edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is there by one edge alone, and its loss shows: nothing else makes the environment wait for it."""
    when_ready = network_module._when_ready
    make_environment: Any = aws.mwaa.Environment

    def without(resources: Sequence[pulumi.Resource]) -> list[pulumi.Resource]:
        return [each for each in resources if type_and_name(each) != edge.needed]

    def ready(
        subnets: pulumi.Output[Sequence[str]], group: pulumi.Output[str], needed: Sequence[pulumi.Resource]
    ) -> pulumi.Output[network_module.NetworkConfiguration]:
        return when_ready(subnets, group, without(needed))

    def make(*arguments: Any, opts: pulumi.ResourceOptions, **inputs: Any) -> Any:  # noqa: ANN401 - any input
        assert isinstance(opts.depends_on, list)
        opts.depends_on = without(opts.depends_on)
        return make_environment(*arguments, opts=opts, **inputs)

    monkeypatch.setattr(network_module, "_when_ready", ready)
    monkeypatch.setattr(aws.mwaa, "Environment", make)
    world, _ = made(NetworkArgs(routing=edge.routing), customer_key=True)
    lost = {edge.needed, *ONLY_BY.get(edge.needed, ())}
    assert everything(world) - waited_for(world) == {*NEEDLESS, *lost}
