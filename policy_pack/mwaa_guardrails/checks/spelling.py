"""How a program writes the lines of a security group or a network ACL, so that a fix can follow it."""

from mwaa_guardrails.aws.model import Direction, NetworkAcl, SecurityGroup
from mwaa_guardrails.faults import Spelling


def spelling_of(holder: SecurityGroup | NetworkAcl, direction: Direction) -> Spelling:
    """Return how the program writes the lines of one direction, or would by what else it writes."""
    lines = holder.rules if isinstance(holder, SecurityGroup) else holder.entries
    urn = holder.origin.urn
    separate = {line.origin.type.rpartition(":")[2] for line in lines if line.origin.urn != urn}
    inline = holder.owned or any(line.origin.urn == urn and not line.origin.implied for line in lines)
    if direction in holder.owned or (inline and not separate):
        return Spelling.INLINE
    return Spelling.OLDER_RULE if "SecurityGroupRule" in separate else Spelling.RULE
