"""What to say of subnets: their number, their zones, and where their routes lead."""

from typing import assert_never

from mwaa_guardrails.documents.facts import SECURITY_GROUPS_MAX, SECURITY_GROUPS_MIN, SUBNETS_PER_ENVIRONMENT
from mwaa_guardrails.faults import Counted, PublicSubnet, SharedZone, UnusableZone, WrongCount
from mwaa_guardrails.findings import Finding
from mwaa_guardrails.messages import words
from mwaa_guardrails.messages.own_tables import moved
from mwaa_guardrails.messages.routes import example_of


def wrong_count(finding: Finding, fault: WrongCount) -> list[str]:
    """Say how many there are and how many AWS takes."""
    repeated = fault.given - fault.distinct
    things = fault.counted.value if fault.distinct != 1 else fault.counted.value.removesuffix("s")
    given = f"at least {fault.distinct} {things}" if fault.more else f"{fault.distinct} {things}"
    if repeated > 0:
        given += f" ({fault.given} given, {repeated} of them repeated)"
    match fault.counted:
        case Counted.SUBNETS:
            allowed = f"exactly {SUBNETS_PER_ENVIRONMENT}, each in an Availability Zone of its own"
            listed, label = finding.environment.subnets, words.subnet
            argument, example, tagged = "subnet_ids", "[private_a.id, private_b.id]", "two private subnets"
        case Counted.SECURITY_GROUPS:
            allowed = f"{SECURITY_GROUPS_MIN} to {SECURITY_GROUPS_MAX}"
            listed, label = finding.environment.security_groups, words.security_group
            argument, example, tagged = "security_group_ids", "[group.id]", "groups"
        case other:
            assert_never(other)
    subject = finding.environment.origin
    network = f'{{"{words.argument(subject, argument)}": {example}}}'
    fix = words.setting(subject, network_configuration=network)
    if finding.environment.declared:
        fix = f"put the tag mwaa:environment on the {tagged} of the environment, and on nothing else"
    named = sorted({label(each) for each in listed}) if isinstance(listed, tuple) else []
    return [
        f"{words.environment(finding.environment)} has {given}; AWS takes {allowed}.",
        f"Decided by its {fault.counted.value}: {', '.join(named) or 'none'}",
        f"Fix: {fix}",
    ]


def public_subnet(finding: Finding, fault: PublicSubnet) -> list[str]:
    """Say which route makes a subnet public, and where it should lead."""
    how = "its VPC's main route table" if fault.main else "its route table"
    return [
        f"{words.subnet(fault.subnet)} of {words.environment(finding.environment)} is public.",
        f"Decided by the route {words.route(fault.route)} of {how}, {words.label(fault.table)}",
        f"- a packet to {example_of(fault.route)} goes there",
        *_made_private(finding, fault),
    ]


def _made_private(finding: Finding, fault: PublicSubnet) -> list[str]:
    """Return how a subnet becomes private; one with a NAT gateway in it has to stay public."""
    if not fault.move.holds_nat_gateway:
        return [
            "Fix: tie the subnet to a route table without a route to an internet gateway:",
            *moved(finding, fault.move),
        ]
    if finding.environment.declared:
        return ["Fix: take the tag mwaa:environment off the subnet, for a NAT gateway stands in it"]
    environment = finding.environment.origin
    network = f'{{"{words.argument(environment, "subnet_ids")}": [private_a.id, private_b.id]}}'
    return [
        "Fix: give the environment a private subnet in its place, for a NAT gateway stands in it:",
        f"    {words.setting(environment, network_configuration=network)}",
    ]


def zones(finding: Finding, fault: SharedZone | UnusableZone) -> list[str]:
    """Say which zone is shared, or why an environment cannot be in one."""
    make = f"{words.sdk(finding.subject)}.ec2"
    name = words.identifier(finding.subject.name)
    snippet = f'    {make}.Subnet("{name}", vpc_id=vpc.id, cidr_block=..., availability_zone=...)'
    if isinstance(fault, SharedZone):
        labels = " and ".join(words.label(each) for each in fault.subnets)
        return [
            f"the subnets of {words.environment(finding.environment)} lie in one Availability Zone.",
            f"Decided by {labels}, each in {words.zone(fault.zone)}",
            "Fix: make one of them in another Availability Zone; an environment's subnets never change:",
            snippet,
        ]
    who = f"{words.label(finding.subject)} of {words.environment(finding.environment)}"
    return [
        f"{who} lies in an unusable zone.",
        f"Decided by its zone, {words.zone(fault.zone)}: {fault.trouble.value}",
        "Fix: make the subnet in an Availability Zone of its Region that MWAA supports:",
        snippet,
    ]
