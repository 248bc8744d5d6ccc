"""What a policy document decides: a Deny wins, then an Allow; what no statement allows is denied.

Source: "Policy evaluation logic" and "IAM JSON policy elements reference" in the IAM User Guide; "Control
access to VPC endpoints using endpoint policies" in the AWS PrivateLink guide.

A request has an action and a resource; its principal is the execution role of an environment. What is asked
is a set of requests, named by patterns such as `s3:GetObject*` on `arn:aws:s3:::bucket/*`, and the answer is
about each request of the set: it allows what is asked only where it allows the whole of it. `*` in a resource
is taken to match colons as well, as it does at the end of an ARN's segment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from mwaa_guardrails.aws.decisions import Outcome
from mwaa_guardrails.aws.statements import Condition, Effect, PolicyDocument, Principals, Statement, folded
from mwaa_guardrails.net.globs import EVERYTHING, Globs, IntricateError, Language
from mwaa_guardrails.unknown import Reason, Unknown


@dataclass(frozen=True, slots=True)
class _Box:
    """All requests with one of some actions on one of some resources."""

    actions: Language
    resources: Language

    def cut(self, actions: Globs, resources: Globs) -> tuple["_Box", tuple["_Box", ...]]:
        """Return the part with both, which may be empty, and the rest."""
        within = self.actions & actions
        inside = _Box(within, self.resources & resources)
        if not inside:
            # As it was: what is taken out of nothing would only make the next question longer.
            return inside, (self,)
        rest = (_Box(self.actions - actions, self.resources), _Box(within, self.resources - resources))
        return inside, tuple(each for each in rest if each)

    def __bool__(self) -> bool:
        return bool(self.actions) and bool(self.resources)


@dataclass(frozen=True, slots=True)
class Requests:
    """A set of requests, as boxes that have none in common."""

    boxes: tuple[_Box, ...] = ()

    @classmethod
    def of(cls, action: str, *resources: Language) -> "Requests":
        """Return the requests with an action, or a pattern of actions, on resources of disjoint sets."""
        return cls(tuple(_Box(Language.of(folded(action)), each) for each in resources))

    def without_actions(self, *actions: str) -> "Requests":
        """Return the requests that have none of some actions."""
        dropped = Globs(tuple(folded(each) for each in actions))
        return Requests(tuple(_Box(box.actions - dropped, box.resources) for box in self.boxes))

    def split(self, actions: Globs, resources: Globs) -> tuple["Requests", "Requests"]:
        """Return the requests with an action and a resource out of two sets, and the rest."""
        cuts = [box.cut(actions, resources) for box in self.boxes]
        inside = tuple(within for within, _ in cuts if within)
        return Requests(inside), Requests(tuple(box for _, rest in cuts for box in rest))

    def __or__(self, other: "Requests") -> "Requests":
        """Return the requests of two sets that have none in common."""
        return Requests((*self.boxes, *other.boxes))

    def __bool__(self) -> bool:
        """Tell whether there is any request."""
        return any(self.boxes)

    def __contains__(self, request: tuple[str, str]) -> bool:
        """Tell whether a request, as action and resource, is among them."""
        action, resource = request
        return any(folded(action) in box.actions and resource in box.resources for box in self.boxes)

    def witness(self) -> tuple[str, str]:
        """Return one request, as folded action and resource."""
        texts = ((box.actions.witness(), box.resources.witness()) for box in self.boxes)
        return next((action, resource) for action, resource in texts if action and resource)


class Silent(StrEnum):
    """What decides where no statement does."""

    NO_STATEMENT = "no statement"
    NO_POLICY = "no policy document, which means full access"


# A statement decides; a statement whose principals, conditions or variables leave the answer to the request;
# what is so where no statement decides; or the property in the way.
RequestDecider: TypeAlias = Statement | Silent | Unknown


_Share: TypeAlias = tuple[Requests, Outcome, RequestDecider]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDecision:
    """One share of what was asked.

    Attributes:
        share: The requests; never empty.
        outcome: What becomes of them.
        by: Who decides. With the outcome UNKNOWN a statement that nobody can judge without the request, or
            the property in the way.
    """

    share: Requests
    outcome: Outcome
    by: RequestDecider


@dataclass(frozen=True, slots=True)
class _Reach:
    """Requests that a statement matches, or may match; `doubt` says why it may not."""

    actions: Globs
    resources: Globs
    by: Statement | Unknown
    doubt: Unknown | Statement | None = None


def decide(
    document: PolicyDocument | None, asked: Requests, *, of_aws: bool = False
) -> tuple[RequestDecision, ...]:
    """Cut what is asked into shares and say of each who decides it.

    The shares make up exactly what is asked, and each decider has one share for each outcome. A share is
    unknown exactly where what cannot be known, each part taken by itself, leaves both outcomes possible. Of
    several reasons for that, one is named whose knowledge could bring a denial to light. A document too
    intricate to be compared with what is asked is unknown as a whole.

    Args:
        document: The document; None means full access.
        asked: The requests.
        of_aws: Whether to take the resources for ones in an account of AWS. What a condition on the
            resource's account or organization makes of a request can then be told: no account of a customer
            is the one, and no organization of a customer holds it.
    """
    if document is None:
        return _named([(asked, Outcome.ALLOW, Silent.NO_POLICY)])
    try:
        return _named(_shares(document, asked, of_aws=of_aws))
    except IntricateError:
        intricate = Unknown(urn=document.urn, path=document.path, reason=Reason.INTRICATE)
        return (RequestDecision(share=asked, outcome=Outcome.UNKNOWN, by=intricate),)


def _shares(document: PolicyDocument, asked: Requests, *, of_aws: bool) -> list[_Share]:
    reaches = [(effect, reach) for effect, reach in _reaches(document, of_aws=of_aws)]
    denying = [reach for effect, reach in reaches if effect is Effect.DENY]
    allowing = [reach for effect, reach in reaches if effect is Effect.ALLOW]
    shares: list[_Share] = []
    left = asked
    for reach in _sure(denying):
        denied, left = left.split(reach.actions, reach.resources)
        shares.append((denied, Outcome.DENY, reach.by))
    for reach in _sure(allowing):
        allowed, left = left.split(reach.actions, reach.resources)
        hidden, allowed = _in_doubt(allowed, _doubts(denying, telling=True))
        shares += [*hidden, (allowed, Outcome.ALLOW, reach.by)]
    for reach in _doubts(allowing, telling=False):
        perhaps, left = left.split(reach.actions, reach.resources)
        hidden, perhaps = _in_doubt(
            perhaps, (each for each in _doubts(denying, telling=True) if _tells(each))
        )
        shares += [*hidden, *_in_doubt(perhaps, [reach])[0]]
    shares.append((left, Outcome.DENY, Silent.NO_STATEMENT))
    return shares


def _named(shares: Iterable[_Share]) -> tuple[RequestDecision, ...]:
    """Return the shares that are not empty, those of one decider and outcome as one."""
    united: dict[tuple[Outcome, RequestDecider], Requests] = {}
    for share, outcome, by in shares:
        if share:
            united[outcome, by] = united.get((outcome, by), Requests()) | share
    return tuple(
        RequestDecision(share=share, outcome=outcome, by=by) for (outcome, by), share in united.items()
    )


def _in_doubt(requests: Requests, doubts: Iterable[_Reach]) -> tuple[list[_Share], Requests]:
    """Return the requests that are unknown for the first of some reasons, and the rest."""
    hidden: list[_Share] = []
    for reach in doubts:
        touched, requests = requests.split(reach.actions, reach.resources)
        hidden.append((touched, Outcome.UNKNOWN, reach.doubt or reach.by))
    return hidden, requests


def _sure(reaches: Iterable[_Reach]) -> Iterator[_Reach]:
    return (each for each in reaches if each.doubt is None)


def _doubts(reaches: Iterable[_Reach], *, telling: bool) -> list[_Reach]:
    """Return what may match: first, or last, what a property that becomes known will tell."""
    doubtful = [each for each in reaches if each.doubt is not None]
    return sorted(doubtful, key=lambda each: _tells(each) is not telling)


def _tells(reach: _Reach) -> bool:
    return isinstance(reach.doubt, Unknown)


def _reaches(document: PolicyDocument, *, of_aws: bool) -> Iterator[tuple[Effect, _Reach]]:
    for statement in document.statements:
        effect = statement.effect
        for reach in _reaches_of(statement, of_aws=of_aws):
            yield from ((each, reach) for each in Effect if isinstance(effect, Unknown) or each is effect)
    if document.unknown is not None:
        for effect in Effect:
            yield effect, _Reach(EVERYTHING, EVERYTHING, document.unknown, document.unknown)


def _reaches_of(statement: Statement, *, of_aws: bool) -> Iterator[_Reach]:
    """Return what a statement matches for sure, if anything, and what it may match besides."""
    if _is_aside(statement, of_aws=of_aws):
        return
    doubt = _doubt_of(statement, of_aws=of_aws)
    actions, resources = statement.actions, statement.resources
    yield _Reach(actions.sure, resources.sure, statement, doubt)
    if resources.sure != resources.possible:
        yield _Reach(actions.sure, resources.possible, statement, doubt or resources.unknown or statement)
    if actions.sure != actions.possible:
        yield _Reach(actions.possible, resources.possible, statement, doubt or actions.unknown or statement)


def _is_aside(statement: Statement, *, of_aws: bool) -> bool:
    """Tell whether a statement is surely not about the requests, whatever they ask for."""
    conditions = () if isinstance(statement.conditions, Unknown) or not of_aws else statement.conditions
    return statement.principals is Principals.EXCLUDED or any(_holds(each) is False for each in conditions)


def _doubt_of(statement: Statement, *, of_aws: bool) -> Unknown | Statement | None:
    """Return why a statement may not be about the requests: itself, where only the request could tell."""
    conditions = statement.conditions
    if statement.principals is Principals.PERHAPS or (
        not isinstance(conditions, Unknown) and not all(of_aws and _holds(each) for each in conditions)
    ):
        return statement
    parts = (statement.principals, conditions, statement.effect)
    return next((each for each in parts if isinstance(each, Unknown)), None)


_KEYS_OF_THE_OWNER: Final = frozenset(
    {"aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths", "s3:resourceaccount"}
)
_EQUAL: Final = frozenset({"stringequals", "stringequalsignorecase", "stringlike"})
_DIFFERENT: Final = frozenset({"stringnotequals", "stringnotequalsignorecase", "stringnotlike"})
# What stands for the account or the organization of whoever makes the request.
_OF_THE_REQUESTER: Final = frozenset(
    {"${aws:principalaccount}", "${aws:principalorgid}", "${aws:principalorgpaths}"}
)


def _holds(condition: Condition) -> bool | None:
    """Tell whether a condition holds for a resource of AWS's; None when nobody can tell.

    The key is present in every request on such a resource, so `IfExists` makes no difference.
    """
    operator = condition.operator.removesuffix("ifexists")
    if condition.key not in _KEYS_OF_THE_OWNER or operator not in _EQUAL | _DIFFERENT:
        return None
    if not all(isinstance(each, str) and _names_a_customer(each) for each in condition.values):
        return None
    return operator in _DIFFERENT


def _names_a_customer(value: str) -> bool:
    return folded(value) in _OF_THE_REQUESTER or not any(each in value for each in "*?$")
