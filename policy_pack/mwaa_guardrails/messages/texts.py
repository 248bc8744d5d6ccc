"""Every sentence to users: findings, open questions and failures as text.

Only parsed values are quoted (numbers, addresses, ports, ids and logical names), never a property as it was
written, so that no other text of a program can reach a terminal through here.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, assert_never

from mwaa_guardrails.aws.decisions import Decision, Implicit
from mwaa_guardrails.aws.model import (
    Action,
    Direction,
    Entry,
    Environment,
    Inside,
    Origin,
    Outside,
    Reference,
    Route,
    Target,
    Unresolved,
)
from mwaa_guardrails.documents.facts import (
    ALL_PROTOCOLS,
    ALLOW,
    ANY_IPV4,
    DATABASE_PORT,
    DOCUMENTED_ENTRY_NUMBER,
    HTTPS_PORT,
    SECURITY_GROUPS_MAX,
    SECURITY_GROUPS_MIN,
    SUBNETS_PER_ENVIRONMENT,
)
from mwaa_guardrails.documents.requirements import Requirement
from mwaa_guardrails.documents.sources import Source
from mwaa_guardrails.findings import (
    BlockedFlow,
    BlockedTraffic,
    Counted,
    Degree,
    Failure,
    Finding,
    NoSelfReference,
    OpenQuestion,
    PublicSubnet,
    WrongCount,
)
from mwaa_guardrails.net import traffic
from mwaa_guardrails.net.addresses import PUBLIC_IPV4, address_text, cidr_texts
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.net.traffic import ALL_PORTS, Packet
from mwaa_guardrails.unknown import Unknown

_KINDS: Final[Mapping[str, str]] = {
    "Environment": "environment",
    "Vpc": "VPC",
    "DefaultVpc": "default VPC",
    "Subnet": "subnet",
    "DefaultSubnet": "default subnet",
    "RouteTable": "route table",
    "DefaultRouteTable": "default route table",
    "Route": "route",
    "NetworkAcl": "network ACL",
    "DefaultNetworkAcl": "default network ACL",
    "NetworkAclRule": "network ACL entry",
    "SecurityGroup": "security group",
    "DefaultSecurityGroup": "default security group",
}
_IMPLIED: Final[Mapping[str, str]] = {
    "defaultNetworkAclId": "default network ACL",
    "defaultSecurityGroupId": "default security group",
    "mainRouteTableId": "main route table",
}
_WAY: Final[Mapping[Direction, str]] = {Direction.INGRESS: "inbound", Direction.EGRESS: "outbound"}
_PROTOCOLS: Final[Mapping[int, str]] = {
    traffic.ICMP: "ICMP",
    traffic.TCP: "TCP",
    traffic.UDP: "UDP",
    traffic.ICMPV6: "ICMPv6",
}

_REMEDIES: Final[Mapping[str, str]] = {
    "network-acl-blocks-required-traffic": (
        f"Give the ACL entry {DOCUMENTED_ENTRY_NUMBER} that allows all traffic from and to {ANY_IPV4}, "
        "in both directions, or move the entry that denies behind one that allows what the environment needs."
    ),
    "security-group-count-outside-limits": (
        f"Give the environment {SECURITY_GROUPS_MIN} to {SECURITY_GROUPS_MAX} distinct security groups."
    ),
    "security-group-lacks-self-reference": (
        "Give a security group of the environment an inbound rule for all traffic from itself, or two rules, "
        f"for TCP {DATABASE_PORT} and TCP {HTTPS_PORT}."
    ),
    "subnet-count-not-two": (
        f"Give the environment exactly {SUBNETS_PER_ENVIRONMENT} private subnets, in two Availability Zones."
    ),
    "subnet-routes-to-internet-gateway": (
        "Associate the subnet with a route table that has no route to an internet gateway; "
        f"with public routing lead {ANY_IPV4} to a NAT gateway instead."
    ),
}


def finding_text(finding: Finding) -> str:
    """Return a finding as lines: the verdict, who decided and a witness, the sentence, the fix."""
    match finding.fault:
        case BlockedTraffic():
            lines = _blocked_traffic(finding, finding.fault)
        case NoSelfReference():
            lines = _no_self_reference(finding, finding.fault)
        case WrongCount():
            lines = _wrong_count(finding, finding.fault)
        case PublicSubnet():
            lines = _public_subnet(finding, finding.fault)
        case other:
            assert_never(other)
    verdict, *rest = lines
    fix = next(index for index, line in enumerate(rest) if line.startswith("Fix: "))
    sentences = _sentences(finding.requirements)
    return "\n".join([f"{finding.check}: {verdict}", *rest[:fix], *sentences, *rest[fix:]])


def question_text(question: OpenQuestion) -> str:
    """Return an open question as lines: the property in the way, why, and which checks wait for it."""
    unknown = question.unknown
    type_, _, name = unknown.urn.rpartition("$")[2].rpartition("::")
    holder = f'{_kind(type_.rpartition("::")[2])} "{name}"'
    place = f"{unknown.path} of {holder}" if unknown.path else holder
    environments = ", ".join(f'"{each}"' for each in question.environments)
    return "\n".join(
        [
            f"undetermined: {place}: {unknown.reason.value}.",
            f"Waiting for it, about {environments}: {', '.join(question.checks)}.",
        ]
    )


def failure_text(failure: Failure) -> str:
    """Return a failure of this project as a line; it never quotes the exception's text."""
    return (
        f"undetermined: {failure.part} failed with {failure.exception}. This is a defect of mwaa-guardrails, "
        "not of the stack; the other checks went on."
    )


def remediation_text(check: str) -> str:
    """Return the steps that remedy a finding of a check, in general."""
    return _REMEDIES[check]


def _blocked_traffic(finding: Finding, fault: BlockedTraffic) -> list[str]:
    way = _WAY[fault.direction]
    wants = "needs" if finding.degree is Degree.VIOLATION else "may need, as the wider range of replies"
    lines = [
        f"{_label(finding.subject)} denies {way} traffic that {_environment(finding.environment)} {wants}."
    ]
    by_decider: dict[str, dict[str, None]] = {}
    for flow in fault.flows:
        denied = by_decider.setdefault(_decider(flow.decision, fault.direction), {})
        denied[_denied(flow, fault.direction)] = None
    for decider, flows in by_decider.items():
        lines += [f"Denied by {decider}:", *flows]
    if fault.free_number is None:
        return [*lines, "Fix: change or remove the entry that denies; no rule number before it is free."]
    return [
        *lines,
        "Fix: let it through with an entry that comes first, for example",
        f"    {_new_entry(finding.subject, fault.direction, fault.free_number)}",
    ]


def _new_entry(acl: Origin, direction: Direction, number: int) -> str:
    """Return an entry that allows all traffic, inline where an adopted ACL takes no other."""
    name = _identifier(acl.name)
    if acl.type.endswith(":DefaultNetworkAcl"):
        return (
            f'{direction.value}=[{{"rule_no": {number}, "action": "{ALLOW}", "protocol": "{ALL_PROTOCOLS}", '
            f'"from_port": 0, "to_port": 0, "cidr_block": "{ANY_IPV4}"}}]'
        )
    id_ = f"{name}.default_network_acl_id" if acl.implied else f"{name}.id"
    return (
        f'aws.ec2.NetworkAclRule("{name}-{_WAY[direction]}", network_acl_id={id_}, '
        f"rule_number={number}, egress={direction is Direction.EGRESS}, "
        f'protocol="{ALL_PROTOCOLS}", rule_action="{ALLOW}", cidr_block="{ANY_IPV4}")'
    )


def _denied(flow: BlockedFlow, direction: Direction) -> str:
    preposition, border = ("from", "into") if direction is Direction.INGRESS else ("to", "out of")
    return (
        f"- {_packet(flow.witness)} {preposition} {flow.witness.remote} {border} {_subnet(flow.subnet)} "
        f"({flow.purpose.value})"
    )


def _no_self_reference(finding: Finding, fault: NoSelfReference) -> list[str]:
    name = _identifier(finding.subject.name)
    id_ = f"{name}.default_security_group_id" if finding.subject.implied else f"{name}.id"
    groups = [_label(each) for each in (finding.subject, *finding.related)]
    ports = IntervalSet.of(
        *(span for each in fault.denied for box in each.share.boxes for span in box.ports.spans)
    )
    rule = (
        f'aws.vpc.SecurityGroupIngressRule("{name}-self", security_group_id={id_}, '
        f'referenced_security_group_id={id_}, ip_protocol="{ALL_PROTOCOLS}")'
    )
    return [
        f"no inbound rule lets {_environment(finding.environment)} in from its own security group.",
        f"Denied, since no rule allows it: TCP {_ports(ports)} from the group itself",
        f"Looked at: all inbound rules of {', '.join(groups)}",
        f"Fix: allow all traffic from the group itself (or both TCP {DATABASE_PORT} and TCP {HTTPS_PORT}):",
        f"    {rule}",
    ]


def _wrong_count(finding: Finding, fault: WrongCount) -> list[str]:
    repeated = fault.given - fault.distinct
    things = fault.counted.value if fault.distinct != 1 else fault.counted.value.removesuffix("s")
    given = f"{fault.distinct} {things}"
    if repeated > 0:
        given += f" ({fault.given} given, {repeated} of them repeated)"
    match fault.counted:
        case Counted.SUBNETS:
            allowed = f"exactly {SUBNETS_PER_ENVIRONMENT}, each in an Availability Zone of its own"
            argument, tagged = "subnet_ids=[private_a.id, private_b.id]", "two private subnets"
        case Counted.SECURITY_GROUPS:
            allowed = f"{SECURITY_GROUPS_MIN} to {SECURITY_GROUPS_MAX}"
            argument, tagged = "security_group_ids=[group.id]", "groups"
        case other:
            assert_never(other)
    fix = f"Fix: network_configuration: {argument}"
    if finding.environment.declared:
        fix = f"Fix: put the tag mwaa:environment on the {tagged} of the environment, and on nothing else"
    return [f"{_environment(finding.environment)} has {given}; AWS takes {allowed}.", fix]


def _public_subnet(finding: Finding, fault: PublicSubnet) -> list[str]:
    name = _identifier(finding.subject.name)
    how = "its VPC's main route table" if fault.main else "its route table"
    return [
        f"{_label(finding.subject)} of {_environment(finding.environment)} is public.",
        f"Decided by the route {_route(fault.route)} of {how}, {_label(fault.table)}",
        f"- a packet to {_destination_example(fault.route)} goes there",
        "Fix: tie the subnet to a route table without a route to an internet gateway:",
        f'    aws.ec2.RouteTableAssociation("{name}", subnet_id={name}.id, route_table_id=private_table.id)',
    ]


def _sentences(requirements: Iterable[Requirement]) -> list[str]:
    """Return the sentences with their sections, each page's address once, after its last sentence."""
    by_page: dict[Source, list[str]] = {}
    for each in requirements:
        by_page.setdefault(each.source, []).append(f'AWS: "{each.sentence}" ({each.section})')
    return [line for page, quoted in by_page.items() for line in (*quoted, f"     {page.title}, {page.url}")]


def _environment(environment: Environment) -> str:
    kind = "the network declared for environment" if environment.declared else "environment"
    return f'{kind} "{environment.name}"'


def _label(origin: Origin) -> str:
    if origin.implied:
        return f'the {_IMPLIED[origin.path]} of VPC "{origin.name}"'
    return f'{_kind(origin.type)} "{origin.name}"'


def _kind(type_: str) -> str:
    kind = type_.rpartition(":")[2]
    return _KINDS.get(kind, kind)


def _subnet(reference: Reference) -> str:
    match reference:
        case Inside(urn):
            return f'subnet "{urn.rpartition("::")[2]}"'
        case Outside(id_):
            return f"subnet {id_}"
        case Unresolved():
            return "a subnet that is not known yet"
    assert_never(reference)


def _packet(packet: Packet) -> str:
    name = _PROTOCOLS.get(packet.protocol, f"protocol {packet.protocol}")
    return name if packet.port is None else f"{name} {packet.port}"


def _decider(decision: Decision, direction: Direction) -> str:
    if isinstance(decision.by, Entry):
        return _entry(decision.by)
    if decision.by is Implicit.LAST_ENTRY:
        side = "source" if direction is Direction.INGRESS else "destination"
        return f"the last entry: * | All traffic | All | All | {side} {ANY_IPV4} | Deny"
    raise AssertionError(decision)


def _entry(entry: Entry) -> str:
    """Return an entry of a network ACL in the columns of the AWS console."""
    known = entry.pattern.unknown is None
    box = entry.pattern.possible.boxes[0]
    side = "source" if entry.direction is Direction.INGRESS else "destination"
    columns = [
        _protocols(box.protocols),
        _ports(box.ports),
        f"{side} {', '.join(cidr_texts(box.remotes)) if known else 'not known yet'}",
        entry.action.value.capitalize() if isinstance(entry.action, Action) else "not known yet",
    ]
    return f"{_label(entry.origin)}, rule {entry.number}: {' | '.join(columns)}"


def _route(route: Route) -> str:
    destination = "not known yet"
    if not isinstance(route.destination, Unknown):
        destination = ", ".join(cidr_texts(route.destination))
    target = "not known yet"
    if isinstance(route.target, Target):
        target = route.target.kind.value
        match route.target.reference:
            case Inside(urn):
                target += f' "{urn.rpartition("::")[2]}"'
            case Outside(id_):
                target += f" {id_}"
            case Unresolved():
                pass
    return f"{destination} -> {target}"


def _destination_example(route: Route) -> str:
    if isinstance(route.destination, Unknown):
        return "that destination"
    return address_text((route.destination & PUBLIC_IPV4 or route.destination).lowest)


def _protocols(protocols: IntervalSet) -> str:
    if protocols == traffic.ALL_PROTOCOLS:
        return "All traffic"
    return _PROTOCOLS.get(protocols.lowest, f"protocol {protocols.lowest}")


def _ports(ports: IntervalSet) -> str:
    if ports == ALL_PORTS:
        return "All"
    return ", ".join(str(low) if low == high else f"{low} - {high}" for low, high in ports.spans)


def _identifier(name: str) -> str:
    """Return a logical name as a Python program might name the variable."""
    return re.sub(r"\W", "_", name)
