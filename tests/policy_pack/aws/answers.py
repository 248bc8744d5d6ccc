"""Reading the answers of filters, for tests."""

from mwaa_guardrails.aws.decisions import Decider, Decision, Outcome
from mwaa_guardrails.aws.model import Entry, Rule
from mwaa_guardrails.net.traffic import TrafficSet
from tests.policy_pack.net.universe import Atom, Sample, atoms_of, is_exact


def outcomes_of(decisions: tuple[Decision, ...]) -> dict[Atom, Outcome]:
    """Return what becomes of each packet."""
    return {atom: decision.outcome for decision in decisions for atom in atoms_of(decision.share)}


def decider(by: Decider) -> Decider | str:
    """Return who decides, an entry or a rule by its name."""
    return by.origin.name if isinstance(by, (Entry, Rule)) else by


def assert_partition(decisions: tuple[Decision, ...], asked: Sample) -> None:
    """Assert that no share is empty, no packet is in two, none is missing, and no decider has two shares."""
    assert all(each.share for each in decisions)
    assert sum(len(atoms_of(each.share)) for each in decisions) == len(asked.atoms)
    together = TrafficSet(tuple(box for each in decisions for box in each.share.boxes))
    assert is_exact(together)
    assert together.same_as(asked.traffic)
    assert len({each.by for each in decisions}) == len(decisions)
