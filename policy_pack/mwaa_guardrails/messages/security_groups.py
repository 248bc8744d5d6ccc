"""What to say of security groups."""

from typing import assert_never

from mwaa_guardrails.aws.model import Direction, Origin
from mwaa_guardrails.documents.facts import ALL_PROTOCOLS, ANY_IPV4, DATABASE_PORT, HTTPS_PORT
from mwaa_guardrails.faults import BlockedOutbound, ForeignGroup, NoSelfReference, Outbound, Refused, Spelling
from mwaa_guardrails.findings import Degree, Finding
from mwaa_guardrails.messages import words
from mwaa_guardrails.net.intervals import IntervalSet


def no_self_reference(finding: Finding, fault: NoSelfReference) -> list[str]:
    """Say that no rule lets a security group in from itself, and which rule does."""
    ports = IntervalSet.of(
        *(span for each in fault.denied for box in each.share.boxes for span in box.ports.spans)
    )
    either = f" (or both TCP {DATABASE_PORT} and TCP {HTTPS_PORT})"
    where = _where(finding, Direction.INGRESS, fault.spelling)
    return [
        f"no inbound rule lets {words.environment(finding.environment)} in from its own security group.",
        f"Denied, since no rule allows it: TCP {words.ports(ports)} from the group itself",
        f"Looked at: all inbound rules of {_groups(finding)}",
        f"Fix: allow all traffic from the group itself{either}{where}:",
        f"    {_rule(finding.subject, Direction.INGRESS, fault.spelling)}",
    ]


def blocked_outbound(finding: Finding, fault: BlockedOutbound) -> list[str]:
    """Say what no rule lets out of an environment, and which rule does."""
    sufferer = words.environment(finding.environment)
    verdict = f"no outbound rule lets out of {sufferer} what it needs."
    if finding.degree is Degree.ADVICE:
        verdict = f"the outbound rules let out of {sufferer} what it needs, but not all traffic."
    decided = "Denied, since no rule allows it:"
    if fault.disputed:
        verdict = f"AWS's documents disagree on whether {sufferer} may send what it needs."
        decided = "Allowed by the rule that AWS gives a new group, which a rule resource may take away:"
    return [
        verdict,
        decided,
        *(
            f"- {words.packet(each.witness)} to {_far_side(each)} ({each.toward.value})"
            for each in fault.refused
        ),
        f"Looked at: all outbound rules of {_groups(finding)}",
        f"Fix: allow all traffic to {ANY_IPV4}{_where(finding, Direction.EGRESS, fault.spelling)}:",
        f"    {_rule(finding.subject, Direction.EGRESS, fault.spelling)}",
    ]


def foreign_group(finding: Finding, fault: ForeignGroup) -> list[str]:
    """Say which VPC a security group belongs to, and which one it should."""
    group, subnet = words.label(finding.subject), ", ".join(words.label(each) for each in finding.related)
    name, id_ = words.identifier(finding.subject.name), words.id_of(finding.subject)
    argument = words.argument(finding.subject, "vpc_id")
    arguments = f"security_group_id={id_}, vpc_id={words.expression(fault.subnet_vpc)}"
    return [
        f"{group} of {words.environment(finding.environment)} belongs to another VPC than its subnets.",
        "Decided by the VPC that each was made in:",
        f"- {group} is in {words.vpc(fault.group_vpc)}",
        f"- {subnet} is in {words.vpc(fault.subnet_vpc)}",
        f"Fix: make the group in the VPC of the subnets ({argument}), or associate it with that VPC:",
        f'    aws.vpc.SecurityGroupVpcAssociation("{name}", {arguments})',
    ]


def _far_side(refused: Refused) -> str:
    # AWS publishes no address of S3 in the Region; where this is said, none at all is let out to.
    return "any public address" if refused.toward is Outbound.TO_S3 else refused.witness.remote


def _where(finding: Finding, direction: Direction, spelling: Spelling) -> str:
    """Return the list that the rule belongs into; no group of CloudFormation can name itself in its own."""
    if spelling is not Spelling.INLINE:
        return ""
    argument = f"`{direction.value}`"
    if words.is_cloudformation(finding.subject):
        argument = f"`{words.argument(finding.subject, f'security_group_{direction.value}')}`"
        if direction is Direction.INGRESS:
            return f" by a resource of its own, to which the rules in {argument} move as well"
    return f", added to {argument} of {words.label(finding.subject)}"


def _groups(finding: Finding) -> str:
    return ", ".join(words.label(each) for each in (finding.subject, *finding.related))


def _rule(group: Origin, direction: Direction, spelling: Spelling) -> str:
    """Return the documented rule: all in from the group itself, or all out; as the program writes rules."""
    name = words.identifier(group.name)
    inward = direction is Direction.INGRESS
    purpose = "self" if inward else "outbound"
    all_traffic = f'"{ALL_PROTOCOLS}"'
    id_ = words.id_of(group)
    if spelling is Spelling.INLINE and words.is_cloudformation(group):
        if not inward:
            protocol, to = words.argument(group, "ip_protocol"), words.argument(group, "cidr_ip")
            return f'{{"{protocol}": {all_traffic}, "{to}": "{ANY_IPV4}"}}'
        spelling = Spelling.RULE
    if words.is_native(group):
        peer = f"source_security_group_id={id_}" if inward else f'cidr_ip="{ANY_IPV4}"'
        return (
            f'aws_native.ec2.SecurityGroup{"Ingress" if inward else "Egress"}("{name}-{purpose}", '
            f"group_id={id_}, {peer}, ip_protocol={all_traffic})"
        )
    match spelling:
        case Spelling.INLINE:
            peer = '"self": True' if inward else f'"cidr_blocks": ["{ANY_IPV4}"]'
            return f'{{"protocol": {all_traffic}, "from_port": 0, "to_port": 0, {peer}}}'
        case Spelling.OLDER_RULE:
            peer = "self=True" if inward else f'cidr_blocks=["{ANY_IPV4}"]'
            return (
                f'aws.ec2.SecurityGroupRule("{name}-{purpose}", type="{direction.value}", '
                f"security_group_id={id_}, {peer}, protocol={all_traffic}, from_port=0, to_port=0)"
            )
        case Spelling.RULE:
            peer = f"referenced_security_group_id={id_}" if inward else f'cidr_ipv4="{ANY_IPV4}"'
            return (
                f'aws.vpc.SecurityGroup{"Ingress" if inward else "Egress"}Rule("{name}-{purpose}", '
                f"security_group_id={id_}, {peer}, ip_protocol={all_traffic})"
            )
    assert_never(spelling)
