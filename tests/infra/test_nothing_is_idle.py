"""Whatever is taken out of a network is missed by the pack: the program makes nothing that nobody needs."""

from collections.abc import Iterable, Mapping
from typing import Final

import pytest

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.reading.resource import Resource
from mwaa_network import Egress, Ingress, Nat, Network, NetworkAclEntries, NetworkArgs
from tests.infra.judged import deployed
from tests.policy_pack.verdicts import SILENT, verdict

NETWORKS: Final[Mapping[str, NetworkArgs]] = {
    "public": NetworkArgs(),
    "public with one NAT gateway": NetworkArgs(nat=Nat.ONE, ingress=Ingress.RESTRICTED),
    "private": NetworkArgs(routing=Routing.PRIVATE),
    "hardened": NetworkArgs(
        routing=Routing.PRIVATE,
        ingress=Ingress.RESTRICTED,
        egress=Egress.NARROW,
        network_acl=NetworkAclEntries.RESTRICTED,
        s3_endpoint_buckets=("our-dags",),
    ),
}

# What is there although an environment would work without it, by kind and reason.
UNMISSED: Final[Mapping[str, str]] = {
    "DefaultSecurityGroup": "AWS's own group is emptied, so that nothing can be reached by it",
    "NetworkAclAssociation": "AWS's own network ACL lets everything through, too",
    "SecurityGroupEgressRule mwaa-outbound-self": "the guide names it beside the VPC's block, which holds it",
}
SPARES_NAT: Final = {
    "VpcEndpoint mwaa-s3": "it costs nothing, and S3's traffic does not pass the NAT gateway"
}


@pytest.mark.parametrize("name", NETWORKS)
def test_every_part_is_missed(name: str) -> None:
    """By a finding, an advice or a question, where nothing else leads to it; the exceptions have reasons."""
    args = NETWORKS[name]
    stack = deployed(lambda: Network("mwaa", args))
    assert verdict(stack) == SILENT
    led_to = {urn for each in stack for urn in each.dependencies}
    unmissed = {*UNMISSED, *(SPARES_NAT if args.routing is Routing.PUBLIC else ())}
    silent = {
        f"{each.type.rpartition(':')[2]} {each.name}"
        for each in stack
        if each.urn not in led_to
        if verdict(other for other in stack if other is not each) == SILENT
    }
    assert {each for each in silent if not {each, each.partition(" ")[0]} & unmissed} == set()
    assert silent >= {each for each in unmissed if " " in each and each in _names(stack)}


def _names(stack: Iterable[Resource]) -> set[str]:
    return {f"{each.type.rpartition(':')[2]} {each.name}" for each in stack}
