"""What stands already is imported by the ids that the genuine provider takes, and is the same afterwards."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from pulumi.runtime.proto import provider_pb2

from local_cloud.provider.values import Props, decode
from tests.local_cloud.provider.client import Made, ProviderClient, RefusedByProviderError, answered
from tests.local_cloud.provider.tokens import (
    INGRESS_RULE,
    INTERNET_GATEWAY,
    NETWORK_ACL,
    NETWORK_ACL_ASSOCIATION,
    NETWORK_ACL_RULE,
    ROUTE,
    ROUTE_TABLE,
    ROUTE_TABLE_ASSOCIATION,
    SECURITY_GROUP,
    SUBNET,
    VPC,
)

ALLOW_ALL = {"protocol": "-1", "ruleAction": "allow", "cidrBlock": "0.0.0.0/0"}


class Network(NamedTuple):
    """The ids of what stands."""

    vpc: str
    subnet: str
    table: str
    acl: str
    group: str
    gateway: str


@pytest.fixture(scope="module", name="network")
def made_network(provider: ProviderClient) -> Network:
    """A VPC, and in it one part of each kind."""
    vpc = provider.create(VPC, cidrBlock="10.0.0.0/16", tags={"Name": "ours"}).id
    inside = {"vpcId": vpc}
    return Network(
        vpc=vpc,
        subnet=provider.create(SUBNET, **inside, cidrBlock="10.0.0.0/24").id,
        table=provider.create(ROUTE_TABLE, **inside).id,
        acl=provider.create(NETWORK_ACL, **inside).id,
        group=provider.create(SECURITY_GROUP, **inside, description="ours").id,
        gateway=provider.create(INTERNET_GATEWAY, **inside).id,
    )


class Case(NamedTuple):
    """A type, the inputs of a resource, and its import id from the resource's own and the network."""

    token: str
    inputs: Callable[[Network], Props]
    import_id: Callable[[str, Network], str]


CASES = [
    Case(VPC, lambda _: {"cidrBlock": "10.1.0.0/16"}, lambda own, _: own),
    Case(SUBNET, lambda n: {"vpcId": n.vpc, "cidrBlock": "10.0.9.0/24"}, lambda own, _: own),
    Case(SECURITY_GROUP, lambda n: {"vpcId": n.vpc, "name": "theirs"}, lambda own, _: own),
    Case(
        ROUTE,
        lambda n: {
            "routeTableId": n.table,
            "destinationCidrBlock": "0.0.0.0/0",
            "gatewayId": n.gateway,
        },
        lambda _, n: f"{n.table}_0.0.0.0/0",
    ),
    Case(
        ROUTE,
        lambda n: {
            "routeTableId": n.table,
            "destinationIpv6CidrBlock": "::/0",
            "gatewayId": n.gateway,
        },
        lambda _, n: f"{n.table}_::/0",
    ),
    Case(
        ROUTE_TABLE_ASSOCIATION,
        lambda n: {"routeTableId": n.table, "subnetId": n.subnet},
        lambda _, n: f"{n.subnet}/{n.table}",
    ),
    Case(
        NETWORK_ACL_RULE,
        lambda n: {"networkAclId": n.acl, "ruleNumber": 100, "egress": True, **ALLOW_ALL},
        lambda _, n: f"{n.acl}:100:-1:true",
    ),
    Case(
        NETWORK_ACL_ASSOCIATION,
        lambda n: {"networkAclId": n.acl, "subnetId": n.subnet},
        lambda own, _: own,
    ),
    Case(
        INGRESS_RULE,
        lambda n: {
            "securityGroupId": n.group,
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
            "cidrIpv4": "10.20.0.0/16",
        },
        lambda own, _: own,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[each.token for each in CASES])
def test_what_is_imported_is_what_was_made(provider: ProviderClient, network: Network, case: Case) -> None:
    """Under its own id, and the inputs that made it are no difference."""
    wanted = case.inputs(network)
    made = provider.create(case.token, **wanted)
    imported = _import(provider, case.token, case.import_id(made.id, network))
    assert imported.id == made.id
    assert {key: imported.inputs.get(key) for key in wanted} == wanted
    assert provider.diff(imported, wanted).changed == set()


@pytest.mark.parametrize(
    ("token", "import_id"),
    [
        (VPC, "vpc-0123456789abcdef0"),
        (ROUTE, "rtb-0123456789abcdef0_0.0.0.0/0"),
        (NETWORK_ACL_RULE, "acl-0123456789abcdef0:100:-1:true"),
    ],
)
def test_what_is_not_there_is_told_so(provider: ProviderClient, token: str, import_id: str) -> None:
    """The engine gets no id, and says that it does not exist."""
    assert _import(provider, token, import_id).id == ""


@pytest.mark.parametrize(
    ("token", "import_id"),
    [
        (ROUTE_TABLE_ASSOCIATION, "subnet-0123456789abcdef0/rtb-0123456789abcdef0"),
        (NETWORK_ACL_ASSOCIATION, "aclassoc-0123456789abcdef0"),
    ],
)
def test_a_tie_that_is_not_there_is_refused(provider: ProviderClient, token: str, import_id: str) -> None:
    """In AWS's words."""
    with pytest.raises(RefusedByProviderError, match=r"InvalidAssociationID\.NotFound"):
        _import(provider, token, import_id)


def _import(provider: ProviderClient, token: str, import_id: str) -> Made:
    answer: Any = answered(provider.stub.Read, provider_pb2.ReadRequest(type=token, id=import_id))
    return Made(token=token, id=answer.id, inputs=decode(answer.inputs), outputs=decode(answer.properties))
