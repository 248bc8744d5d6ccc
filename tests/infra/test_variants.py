"""Whatever one chooses, the pack finds nothing, advises nothing and asks nothing."""

from dataclasses import replace

import pytest

from mwaa_guardrails.aws.model import Routing
from mwaa_network import Egress, Nat, Network, NetworkAclEntries, NetworkArgs
from tests.infra.judged import said_of
from tests.infra.variants import every_variant, sampled_variants
from tests.policy_pack.verdicts import SILENT

SAMPLE = sampled_variants()


@pytest.mark.parametrize("args", SAMPLE.values(), ids=SAMPLE)
def test_no_choice_gives_the_pack_anything_to_say(args: NetworkArgs) -> None:
    """At a first preview, where ids are unknown, and deployed."""
    assert said_of(lambda: Network("mwaa", args)) == SILENT


RESTRICTED = NetworkArgs(
    routing=Routing.PRIVATE, egress=Egress.NARROW, network_acl=NetworkAclEntries.RESTRICTED
)
FURTHER = {
    "listed subnets": NetworkArgs(
        private_subnet_cidrs=("10.192.8.0/26", "10.192.9.0/26"),
        public_subnet_cidrs=("10.192.10.0/28", "10.192.11.0/28"),
        network_acl=NetworkAclEntries.RESTRICTED,
    ),
    "given addresses": NetworkArgs(nat=Nat.ONE, nat_allocation_ids=("eipalloc-0123456789abcdef0",)),
    "further endpoints": replace(RESTRICTED, extra_endpoints=("sts", "dynamodb")),
    "further endpoints beside NAT": NetworkArgs(extra_endpoints=("sqs", "sts")),
    "flow logs": NetworkArgs(flow_log_bucket_arn="arn:aws:s3:::our-flow-logs"),
    "clients of the web server by IPv6": replace(
        RESTRICTED, ipv6=True, webserver_clients=("2001:db8:5::/48",)
    ),
    "clients of the web server": replace(RESTRICTED, webserver_clients=("10.20.0.0/16", "192.0.2.7/32")),
}


@pytest.mark.parametrize("args", FURTHER.values(), ids=FURTHER)
def test_no_further_choice_gives_the_pack_anything_to_say(args: NetworkArgs) -> None:
    """Those that add to a network, each beside what it meets most."""
    assert said_of(lambda: Network("mwaa", args)) == SILENT


def test_the_sample_is_one_of_many() -> None:
    """`make proof` tries all."""
    assert len(every_variant()) == 64
