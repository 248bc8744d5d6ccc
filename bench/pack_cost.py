"""What all checks cost over a stack of 1,000 resources, against a pack whose one policy does nothing.

Both packs run as processes of their own and are sent what the engine sends: each resource's inputs, then all
outputs. Medians of alternating runs.

PYTHONPATH=infra:policy_pack:. python -m bench.pack_cost [RUNS]
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.policy_pack.networks import ALL_IPV4, entry, right_network, right_private_network
from tests.policy_pack.pack_process import judgement_of, registrations_of, running_pack
from tests.policy_pack.stacks import Made, Ref, Rendering, Written, made, ref, render

BUDGET: Final = 3.0
RESOURCES: Final = 1000
ENVIRONMENTS: Final = 10
RULES: Final = 25
ENTRIES: Final = 8
EMPTY_PACK: Final = """
from pulumi_policy import EnforcementLevel, PolicyPack, StackValidationPolicy

PolicyPack(
    "empty",
    [StackValidationPolicy(name="nothing", description="Says nothing.", validate=lambda args, report: None)],
    EnforcementLevel.MANDATORY,
)
"""


def main(runs: int) -> int:
    """Print both medians and their ratio; return 1 when it is over the budget."""
    resources = render(_stack(), Rendering.PREVIEW)
    registrations, judgement = registrations_of(resources), judgement_of(resources)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "__main__.py").write_text(EMPTY_PACK)
        with running_pack() as ours, running_pack(Path(folder)) as empty:
            measured: dict[str, list[float]] = {"empty": [], "ours": []}
            for run in range(runs + 1):
                for name, pack in (("empty", empty), ("ours", ours)):
                    start = time.monotonic()
                    reports = [*pack.send(registrations), *pack.send_all(judgement)]
                    if run:  # the first one warms up
                        measured[name].append(time.monotonic() - start)
                    if reports:
                        raise SystemExit(f"{name}: {reports[0]}")
    without, with_checks = (statistics.median(measured[name]) for name in ("empty", "ours"))
    print(f"{len(resources)} resources, {ENVIRONMENTS} environments, {runs} runs")
    print(f"a pack that does nothing: median {without:.3f} s")
    print(f"all checks:               median {with_checks:.3f} s")
    print(f"ratio:                    {with_checks / without:.2f}, budget {BUDGET:.2f}")
    return int(with_checks > BUDGET * without)


def _stack() -> tuple[Made, ...]:
    """Return environments with networks of their own, with many rules, among other resources of a team."""
    networks = [
        each
        for number in range(ENVIRONMENTS)
        for each in _named(f"network-{number}", _private() if number % 2 else _public())
    ]
    return (*networks, *_others(RESOURCES - len(networks)))


def _public() -> tuple[Made, ...]:
    entries = (
        entry(
            f"entry-{number}",
            200 + number,
            egress=bool(number % 2),
            protocol="tcp",
            fromPort=1024 + number,
            toPort=2048 + number,
            cidrBlock=f"10.{number}.0.0/16",
        )
        for number in range(ENTRIES)
    )
    return (*right_network(), *entries, *_rules())


def _private() -> tuple[Made, ...]:
    return (*right_private_network(), *_rules())


def _rules() -> Iterator[Made]:
    for number in range(RULES):
        yield made(
            "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            f"rule-{number}",
            securityGroupId=ref("group"),
            cidrIpv4=f"10.{number}.0.0/16",
            ipProtocol="tcp",
            fromPort=8000.0 + number,
            toPort=8000.0 + number,
        )


def _others(count: int) -> Iterator[Made]:
    document = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}],
        }
    )
    kinds: list[tuple[str, dict[str, Written]]] = [
        ("s3/bucket:Bucket", {"forceDestroy": False, "tags": {"team": "data", "stage": "dev"}}),
        ("iam/role:Role", {"assumeRolePolicy": document, "path": "/", "tags": {"team": "data"}}),
        ("iam/rolePolicy:RolePolicy", {"policy": document, "role": "role"}),
        ("cloudwatch/logGroup:LogGroup", {"retentionInDays": 30.0, "tags": {"team": "data"}}),
        (
            "lambda/function:Function",
            {
                "environment": {"variables": {"STAGE": "dev", "REGION": "eu-west-1", "NETWORK": ALL_IPV4}},
                "handler": "main.handle",
                "memorySize": 512.0,
                "runtime": "python3.11",
                "timeout": 30.0,
            },
        ),
    ]
    for number in range(count):
        type_, inputs = kinds[number % len(kinds)]
        yield made(type_, f"other-{number}", **inputs)


def _named(prefix: str, stack: tuple[Made, ...]) -> Iterator[Made]:
    """Yield a stack's resources under names that no other has."""
    for each in stack:
        inputs = {key: _renamed(prefix, value) for key, value in each.inputs.items()}
        yield replace(each, name=f"{prefix}-{each.name}", inputs=inputs)


def _renamed(prefix: str, written: Written) -> Written:
    match written:
        case Ref(name, output):
            return Ref(f"{prefix}-{name}", output)
        case list():
            return [_renamed(prefix, item) for item in written]
        case dict():
            return {key: _renamed(prefix, value) for key, value in written.items()}
        case _:
            return written


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 9))
