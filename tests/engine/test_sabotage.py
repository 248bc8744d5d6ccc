"""One line of the program spoilt: the engine stops at the preview, says why, and nothing is created."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, Result, Workbench, copy_of_repository

MAIN = "infra/__main__.py"
LAST_LINE = "    pulumi.export(key, value)\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sabotage:
    """A line to spoil, and what the user must be told."""

    file: str
    old: str
    new: str
    check: str
    resource: str
    told: tuple[str, ...]


def _added(line: str) -> tuple[str, str]:
    return LAST_LINE, f"{LAST_LINE}{line}\n"


_FIVE_GROUPS = (
    'import pulumi_aws as aws; _ = [aws.ec2.SecurityGroup(f"more-{n}", vpc_id=network.vpc_id, '
    'tags={"mwaa:environment": "mwaa"}) for n in range(5)]'
)
_THIRD_SUBNET = (
    'import pulumi_aws as aws; aws.ec2.Subnet("third", vpc_id=network.vpc_id, cidr_block="10.192.9.0/24", '
    'tags={"mwaa:environment": "mwaa"})'
)

SABOTAGES = {
    "the network ACL denies what it allowed": Sabotage(
        file="infra/mwaa_network/network_acls.py",
        old="rule_action=entry.action,",
        new='rule_action="deny",',
        check="network-acl-blocks-required-traffic",
        resource="aws:ec2/networkAcl:NetworkAcl::mwaa-network-acl",
        told=(
            'network ACL "mwaa-network-acl" denies inbound traffic',
            'Denied by network ACL entry "mwaa-ingress", rule 100: ',
            "All traffic | All | source 0.0.0.0/0 | Deny:",
            '- TCP 5432 from 10.192.1.4 into subnet "mwaa-private-a" (metadata database)',
            "rule_number=99, egress=False",
        ),
    ),
    "the security group has no inbound rule": Sabotage(
        file="infra/mwaa_network/network.py",
        old="for rule in ingress_rules(args)",
        new="for rule in ingress_rules(args)[:0]",
        check="security-group-lacks-self-reference",
        resource="aws:ec2/securityGroup:SecurityGroup::mwaa-environment",
        told=(
            "no inbound rule lets the network declared for environment",
            "Denied, since no rule allows it: TCP 443, 5432 from the group itself",
            'Looked at: all inbound rules of security group "mwaa-environment"',
            'aws.vpc.SecurityGroupIngressRule("mwaa_environment-self"',
        ),
    ),
    "six security groups are declared": Sabotage(
        file=MAIN,
        old=_added(_FIVE_GROUPS)[0],
        new=_added(_FIVE_GROUPS)[1],
        check="security-group-count-outside-limits",
        resource="aws:ec2/securityGroup:SecurityGroup::more-0",
        told=("has 6 security groups; AWS takes 1 to 5", "Fix: put the tag mwaa:environment on the groups"),
    ),
    "a third subnet is declared": Sabotage(
        file=MAIN,
        old=_added(_THIRD_SUBNET)[0],
        new=_added(_THIRD_SUBNET)[1],
        check="subnet-count-not-two",
        resource="aws:ec2/subnet:Subnet::mwaa-private-a",
        told=(
            "has 3 subnets; AWS takes exactly 2",
            "Fix: put the tag mwaa:environment on the two private subnets",
        ),
    ),
    "the private subnets lead to an internet gateway": Sabotage(
        file="infra/mwaa_network/routing.py",
        old="nat_gateway_id=gateway.id,",
        new='gateway_id=aws.ec2.InternetGateway(f"leak-{letter}", vpc_id=vpc.id).id,',
        check="subnet-routes-to-internet-gateway",
        resource="aws:ec2/subnet:Subnet::mwaa-private-a",
        told=(
            'subnet "mwaa-private-a" of the network declared for environment "mwaa" is public',
            'Decided by the route 0.0.0.0/0 -> internet gateway "leak-a" of its route table',
            "- a packet to 1.0.0.0 goes there",
            "Fix: tie the subnet to a route table without a route to an internet gateway",
        ),
    ),
}


@pytest.fixture(scope="module", name="bench")
def shared_bench(make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """One workbench for all: nothing is ever created in it."""
    return make_workbench(copy_of_repository(tmp_path_factory.mktemp("sabotage")))


@pytest.fixture(name="spoilt")
def spoilt_program(bench: Workbench, request: pytest.FixtureRequest) -> Iterator[Sabotage]:
    """The program with one line spoilt, and whole again afterwards."""
    sabotage = SABOTAGES[request.param]
    bench.replace(sabotage.file, sabotage.old, sabotage.new)
    yield sabotage
    bench.replace(sabotage.file, sabotage.new, sabotage.old)


@pytest.mark.parametrize("spoilt", SABOTAGES, indirect=True)
def test_the_deployment_stops_at_the_preview_and_says_why(bench: Workbench, spoilt: Sabotage) -> None:
    """Check, resource, who decided, a witness and the fix are named; nothing is created."""
    result = bench.up(policy_pack=POLICY_PACK)
    assert result.code != 0
    assert "error: preview failed" in result.output
    message = _mandatory(result, spoilt)
    assert [part for part in spoilt.told if part not in message] == []
    assert spoilt.check in result.stdout
    assert left_over(bench) == []
    assert "resources" not in bench.export_stack()["deployment"]


def _mandatory(result: Result, sabotage: Sabotage) -> str:
    """Return what the check reported on the resource, and make sure that it was not overruled by others."""
    assert sabotage.check in {each.policy for each in result.violations if each.level == "mandatory"}
    messages = [
        each.message
        for each in result.violations
        if each.policy == sabotage.check and each.urn.endswith(sabotage.resource)
    ]
    assert messages, result.output
    return "\n".join(messages)
