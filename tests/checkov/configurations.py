"""The stacks that Checkov looks at: the documented networks, the guide's filters inline, and hardened."""

import runpy
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pulumi
import yaml

from mwaa_guardrails.aws.model import Routing
from mwaa_guardrails.reading.resource import Resource
from mwaa_network import Network, NetworkArgs, environment_on
from tests.infra.given import Answers
from tests.infra.judged import deployed
from tests.infra.world import ACCOUNT
from tests.policy_pack.stacks import Rendering, Written, made, ref, render
from tools.scanners.objections import Configuration

_HARDENED: Final = Path(__file__).parents[2] / "examples" / "hardened"
_ANSWERS: Final[Answers] = {"aws:index/getCallerIdentity:getCallerIdentity": lambda _: {"accountId": ACCOUNT}}
_ALL_PORTS: Final[Mapping[str, Written]] = {"fromPort": 0, "toPort": 0, "protocol": "-1"}
_ALL_ENTRIES: Final[dict[str, Written]] = {
    **_ALL_PORTS,
    "ruleNo": 100,
    "action": "allow",
    "cidrBlock": "0.0.0.0/0",
}


def _documented(routing: Routing) -> Callable[[], object]:
    """The network program with `environment: true`, and no other key but the routing."""
    return lambda: environment_on(Network("mwaa", NetworkArgs(routing=routing)))


def _hardened() -> None:
    """Run the example, with the configuration that it has for the local AWS."""
    stack = yaml.safe_load((_HARDENED / "Pulumi.dev.yaml").read_text())["config"]
    pulumi.runtime.set_all_config(
        {key.replace("hardened:", "mwaa-network:"): _text(value) for key, value in stack.items()}, []
    )
    path = list(sys.path)
    try:
        runpy.run_path(str(_HARDENED), run_name="__main__")
    finally:
        sys.path[:] = path


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# The guide's rules and entries inside the group and the ACL, where most programs have them.
_INLINE: Final = (
    made("ec2/subnet:Subnet", "guide-a", vpcId="vpc-0123456789abcdef0", cidrBlock="10.192.0.0/24"),
    made("ec2/subnet:Subnet", "guide-b", vpcId="vpc-0123456789abcdef0", cidrBlock="10.192.1.0/24"),
    made(
        "ec2/networkAcl:NetworkAcl",
        "guide-acl",
        vpcId="vpc-0123456789abcdef0",
        subnetIds=[ref("guide-a"), ref("guide-b")],
        ingress=[_ALL_ENTRIES],
        egress=[_ALL_ENTRIES],
    ),
    made(
        "ec2/securityGroup:SecurityGroup",
        "guide-group",
        vpcId="vpc-0123456789abcdef0",
        description="Amazon MWAA environment",
        ingress=[{**_ALL_PORTS, "self": True, "description": "From itself"}],
        egress=[{**_ALL_PORTS, "cidrBlocks": ["0.0.0.0/0"], "description": "To everywhere"}],
    ),
    made(
        "ec2/vpcEndpoint:VpcEndpoint",
        "guide-sqs",
        vpcId="vpc-0123456789abcdef0",
        serviceName="com.amazonaws.eu-west-1.sqs",
        vpcEndpointType="Interface",
        securityGroupIds=[ref("guide-group")],
    ),
)


def stack(configuration: Configuration) -> tuple[Resource, ...]:
    """Return what a configuration makes, deployed."""
    match configuration:
        case Configuration.PUBLIC:
            return deployed(_documented(Routing.PUBLIC), _ANSWERS)
        case Configuration.PRIVATE:
            return deployed(_documented(Routing.PRIVATE), _ANSWERS)
        case Configuration.INLINE:
            return render(_INLINE, Rendering.DEPLOYED)
        case Configuration.HARDENED:
            return deployed(_hardened, _ANSWERS)
