"""What to say of network ACLs."""

from mwaa_guardrails.aws.model import Direction, Origin
from mwaa_guardrails.documents.facts import ALL_PROTOCOLS, ALLOW, ANY_IPV4
from mwaa_guardrails.faults import BlockedFlow, BlockedTraffic, Spelling
from mwaa_guardrails.findings import Degree, Finding
from mwaa_guardrails.messages import words


def blocked_traffic(finding: Finding, fault: BlockedTraffic) -> list[str]:
    """Say what a network ACL denies, who denies it, and which entry lets it through."""
    way = words.WAY[fault.direction]
    wants = "needs" if finding.degree is Degree.VIOLATION else "may need, as the wider range of replies"
    sufferer = words.environment(finding.environment)
    lines = [f"{words.label(finding.subject)} denies {way} traffic that {sufferer} {wants}."]
    by_decider: dict[str, dict[str, None]] = {}
    for flow in fault.flows:
        denied = by_decider.setdefault(words.decider(flow.decision, fault.direction), {})
        denied[_denied(flow, fault.direction)] = None
    for decider, flows in by_decider.items():
        lines += [f"Denied by {decider}:", *flows]
    if fault.free_number is None:
        return [*lines, "Fix: change or remove the entry that denies; no rule number before it is free."]
    inline = fault.spelling is Spelling.INLINE
    where = f", added to `{fault.direction.value}` of {words.label(finding.subject)}" if inline else ""
    return [
        *lines,
        f"Fix: let it through with an entry that comes first{where}, for example",
        f"    {_new_entry(finding.subject, fault, fault.free_number)}",
    ]


def _new_entry(acl: Origin, fault: BlockedTraffic, number: int) -> str:
    """Return an entry that allows what is denied, or all traffic, as the program writes entries."""
    if fault.ports is None:
        protocol, ports = ALL_PROTOCOLS, None
    else:
        protocol, ports = "tcp", fault.ports
    if fault.spelling is Spelling.INLINE:
        low, high = ports or (0, 0)
        return (
            f'{{"rule_no": {number}, "action": "{ALLOW}", "protocol": "{protocol}", '
            f'"from_port": {low}, "to_port": {high}, "cidr_block": "{ANY_IPV4}"}}'
        )
    # aws-native has no type for an entry, so the snippet is the same for an ACL of either provider.
    named = f'"{words.identifier(acl.name)}-{words.WAY[fault.direction]}"'
    between = "" if ports is None else f"from_port={ports[0]}, to_port={ports[1]}, "
    return (
        f"aws.ec2.NetworkAclRule({named}, network_acl_id={words.id_of(acl)}, "
        f"rule_number={number}, egress={fault.direction is Direction.EGRESS}, "
        f'protocol="{protocol}", {between}rule_action="{ALLOW}", cidr_block="{ANY_IPV4}")'
    )


def _denied(flow: BlockedFlow, direction: Direction) -> str:
    preposition, border = ("from", "into") if direction is Direction.INGRESS else ("to", "out of")
    packet, subnet = words.packet(flow.witness), words.subnet(flow.subnet)
    return f"- {packet} {preposition} {flow.witness.remote} {border} {subnet} ({flow.purpose.value})"
