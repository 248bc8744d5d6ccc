"""What parts of a network, and their lines, are known by in what is shown."""

from mwaa_guardrails.aws.decisions import Implicit
from mwaa_guardrails.aws.ids import is_id
from mwaa_guardrails.aws.model import Direction, Entry, Inside, Origin, Outside, Reference, Target


def id_of(origin: Origin) -> str:
    """Return what a part is known by, or a line of one."""
    return f"{origin.urn}#{origin.path}" if origin.path else origin.urn


def entry_of(entry: Entry) -> str:
    """Return what an entry of a network ACL is known by; AWS makes several of one origin."""
    return (
        f"{id_of(entry.origin)}#{entry.direction.value}#{entry.number}"
        if entry.origin.implied
        else id_of(entry.origin)
    )


def last_entry_of(acl: str, direction: Direction) -> str:
    """Return what the last entry of a network ACL is known by, which denies all that is left.

    Args:
        acl: What the network ACL is known by.
        direction: The direction of the entry.
    """
    return f"{acl}#{direction.value}#{Implicit.LAST_ENTRY.value}"


def part_of(reference: Reference) -> str:
    """Return the part that a reference means; empty where it means none that could be shown."""
    match reference:
        case Inside(urn):
            return urn
        case Outside(id_) if is_id(id_):
            return id_
    return ""


def target_of(target: Target) -> str:
    """Return what a route leads to; where it is no part at hand, its kind stands for it."""
    return part_of(target.reference) or target.kind.value
