"""What to say of security groups."""

from mwaa_guardrails.documents.facts import ALL_PROTOCOLS, DATABASE_PORT, HTTPS_PORT
from mwaa_guardrails.faults import NoSelfReference
from mwaa_guardrails.findings import Finding
from mwaa_guardrails.messages import words
from mwaa_guardrails.net.intervals import IntervalSet


def no_self_reference(finding: Finding, fault: NoSelfReference) -> list[str]:
    """Say that no rule lets a security group in from itself, and which rule does."""
    name = words.identifier(finding.subject.name)
    id_ = words.id_of(finding.subject)
    groups = [words.label(each) for each in (finding.subject, *finding.related)]
    ports = IntervalSet.of(
        *(span for each in fault.denied for box in each.share.boxes for span in box.ports.spans)
    )
    rule = (
        f'aws.vpc.SecurityGroupIngressRule("{name}-self", security_group_id={id_}, '
        f'referenced_security_group_id={id_}, ip_protocol="{ALL_PROTOCOLS}")'
    )
    if words.is_native(finding.subject):
        rule = (
            f'aws_native.ec2.SecurityGroupIngress("{name}-self", group_id={id_}, '
            f'source_security_group_id={id_}, ip_protocol="{ALL_PROTOCOLS}")'
        )
    return [
        f"no inbound rule lets {words.environment(finding.environment)} in from its own security group.",
        f"Denied, since no rule allows it: TCP {words.ports(ports)} from the group itself",
        f"Looked at: all inbound rules of {', '.join(groups)}",
        f"Fix: allow all traffic from the group itself (or both TCP {DATABASE_PORT} and TCP {HTTPS_PORT}):",
        f"    {rule}",
    ]
