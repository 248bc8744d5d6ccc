"""Policy documents: who decides a request, by tables and against an oracle that asks about each request."""

from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.aws.decisions import Outcome
from mwaa_guardrails.aws.policy_document import RequestDecision, Requests, Silent, decide
from mwaa_guardrails.aws.statements import (
    Condition,
    Effect,
    PolicyDocument,
    Principals,
    Selection,
    Statement,
)
from mwaa_guardrails.net.globs import Globs, Language
from mwaa_guardrails.unknown import Reason, Unknown
from tests.policy_pack.aws.parts import hidden
from tests.policy_pack.net.tables import rows
from tests.policy_pack.net.universe import LAW

EVERY: Final = Selection(patterns=("*",))
OWNER: Final = Condition(operator="stringequals", key="aws:resourceaccount", values=("123456789012",))
ORGANIZATION: Final = Condition(operator="stringequals", key="aws:principalorgid", values=("o-1",))


def allow(
    actions: Selection = EVERY, resources: Selection = EVERY, effect: Effect | Unknown = Effect.ALLOW
) -> Statement:
    """Return a statement for everyone; its position is set by the document."""
    return Statement(
        position=0,
        sid=None,
        effect=effect,
        principals=Principals.INCLUDED,
        actions=actions,
        resources=resources,
    )


def deny(actions: Selection = EVERY, resources: Selection = EVERY) -> Statement:
    """Return a statement that denies."""
    return allow(actions, resources, Effect.DENY)


def of(*patterns: str, negated: bool = False) -> Selection:
    """Return a selection of patterns."""
    return Selection(patterns=patterns, negated=negated)


def document(*statements: Statement, unknown: Unknown | None = None) -> PolicyDocument:
    """Return a document with statements in order."""
    placed = (replace(each, position=position) for position, each in enumerate(statements, start=1))
    return PolicyDocument(urn="urn", statements=tuple(placed), unknown=unknown)


def told(decisions: tuple[RequestDecision, ...]) -> list[tuple[str, object]]:
    """Return the outcomes and who decides, a statement by its position and a property by its path."""
    return [
        (
            each.outcome.value,
            each.by.position
            if isinstance(each.by, Statement)
            else each.by.path
            if isinstance(each.by, Unknown)
            else each.by,
        )
        for each in decisions
    ]


READ: Final = Requests.of("s3:GetObject", Language.of("bucket/?*"))
PATTERN: Final = Requests.of("s3:GetObject*", Language.of("bucket/?*"))
NOBODY: Final = ("deny", Silent.NO_STATEMENT)
UNKNOWN_PART: Final = Selection(patterns=("other",), unknown=hidden("Resource[1]"))
TABLE: Final = (
    ("everything is allowed", (allow(),), READ, [("allow", 1)]),
    ("no statement", (), READ, [NOBODY]),
    ("actions in another case", (allow(of("s3:getobject")),), READ, [("allow", 1)]),
    ("an action that begins alike", (allow(of("s3:get")),), READ, [NOBODY]),
    ("a Deny wins, first or last", (deny(), allow()), READ, [("deny", 1)]),
    ("a Deny of something else", (allow(), deny(of("s3:put*"))), READ, [("allow", 1)]),
    ("the first that allows is named", (allow(of("ec2:*")), allow(), allow()), READ, [("allow", 2)]),
    ("a part is allowed", (allow(of("s3:getobject")),), PATTERN, [("allow", 1), NOBODY]),
    (
        "two halves, each by another",
        (allow(EVERY, of("bucket/a*")), allow(EVERY, of("bucket/*"))),
        READ,
        [("allow", 1), ("allow", 2)],
    ),
    ("all but some actions", (allow(of("s3:put*", negated=True)),), READ, [("allow", 1)]),
    ("all but these actions", (allow(of("s3:get*", negated=True)),), READ, [NOBODY]),
    (
        "all but some resources are denied",
        (allow(), deny(EVERY, of("bucket/a*", negated=True))),
        READ,
        [("deny", 2), ("allow", 1)],
    ),
    ("not for roles", (replace(allow(), principals=Principals.EXCLUDED),), READ, [NOBODY]),
    ("for a role by name", (replace(allow(), principals=Principals.PERHAPS),), READ, [("unknown", 1)]),
    ("for a hidden principal", (replace(allow(), principals=hidden("p")),), READ, [("unknown", "p")]),
    ("on a condition", (replace(allow(), conditions=(ORGANIZATION,)),), READ, [("unknown", 1)]),
    ("on a hidden condition", (replace(allow(), conditions=hidden("c")),), READ, [("unknown", "c")]),
    (
        "a Deny on a condition",
        (allow(), replace(deny(), conditions=(ORGANIZATION,))),
        READ,
        [("unknown", 2)],
    ),
    (
        "a Deny on a condition where nothing is allowed",
        (replace(deny(), conditions=(ORGANIZATION,)),),
        READ,
        [NOBODY],
    ),
    ("an unknown effect", (allow(effect=hidden("e")),), READ, [("unknown", "e")]),
    ("an unknown effect beside an Allow", (allow(), allow(effect=hidden("e"))), READ, [("unknown", "e")]),
    ("an unknown effect beside a Deny", (deny(), allow(effect=hidden("e"))), READ, [("deny", 1)]),
    ("an unknown resource", (allow(EVERY, UNKNOWN_PART),), READ, [("unknown", "Resource[1]")]),
    (
        "an unknown resource that is denied",
        (allow(), deny(EVERY, UNKNOWN_PART)),
        READ,
        [("unknown", "Resource[1]")],
    ),
    (
        "an unknown action",
        (allow(Selection(patterns=("s3:getobject",), unknown=hidden("Action"))),),
        PATTERN,
        [("allow", 1), ("unknown", "Action")],
    ),
    (
        "all but an unknown resource",
        (allow(EVERY, replace(UNKNOWN_PART, negated=True)),),
        READ,
        [("unknown", "Resource[1]")],
    ),
    (
        "a resource with a variable",
        (allow(EVERY, Selection(patterns=(), doubtful=("bucket/*",))),),
        READ,
        [("unknown", 1)],
    ),
    (
        "a property is named before a condition where it can bring a denial to light",
        (
            replace(allow(), conditions=(ORGANIZATION,)),
            replace(deny(), conditions=(ORGANIZATION,)),
            deny(EVERY, UNKNOWN_PART),
        ),
        READ,
        [("unknown", "Resource[1]")],
    ),
    (
        "and a condition where it cannot",
        (allow(EVERY, UNKNOWN_PART), replace(allow(), conditions=(ORGANIZATION,))),
        READ,
        [("unknown", 2)],
    ),
)


@pytest.mark.parametrize(("statements", "asked", "expected"), rows(TABLE))
def test_who_decides(
    statements: tuple[Statement, ...], asked: Requests, expected: list[tuple[str, object]]
) -> None:
    """Each outcome, and by whom."""
    assert told(decide(document(*statements), asked)) == expected


def test_without_a_document_everything_is_allowed() -> None:
    """An endpoint that is given none has full access."""
    assert told(decide(None, READ)) == [("allow", Silent.NO_POLICY)]


def test_a_hidden_statement_may_be_any() -> None:
    """It leaves a sure Deny alone, and nothing else."""
    assert told(decide(document(allow(), unknown=hidden("Statement")), READ)) == [("unknown", "Statement")]
    assert told(decide(document(deny(), unknown=hidden("Statement")), READ)) == [("deny", 1)]


def test_a_document_too_intricate_to_be_compared_is_unknown_as_a_whole() -> None:
    """Nobody waits for minutes; and nothing is guessed."""
    statements = [deny(EVERY, of(f"*{each}*", f"*{each}{each}?*", negated=True)) for each in "abcdefghijkl"]
    intricate = replace(document(allow(), *statements), path="policy")
    asked = Requests.of("s3:GetObject", Language.of("*"))
    assert decide(intricate, asked) == (
        RequestDecision(
            share=asked,
            outcome=Outcome.UNKNOWN,
            by=Unknown(urn="urn", path="policy", reason=Reason.INTRICATE),
        ),
    )


CONDITIONS: Final = (
    ("equals an account", OWNER, [NOBODY]),
    ("differs from an account", replace(OWNER, operator="stringnotequals"), [("allow", 1)]),
    ("may be absent", replace(OWNER, operator="stringequalsifexists"), [NOBODY]),
    ("is like a text", replace(OWNER, operator="stringlike"), [NOBODY]),
    ("is like anything", replace(OWNER, operator="stringlike", values=("*",)), [("unknown", 1)]),
    ("is the requester's", replace(OWNER, values=("${aws:PrincipalAccount}",)), [NOBODY]),
    ("is another variable", replace(OWNER, values=("${aws:username}",)), [("unknown", 1)]),
    ("is not known", replace(OWNER, values=(hidden("v"),)), [("unknown", 1)]),
    ("is in an organization", replace(OWNER, key="aws:resourceorgid", values=("o-1",)), [NOBODY]),
    ("is about something else", ORGANIZATION, [("unknown", 1)]),
    ("compares otherwise", replace(OWNER, operator="foranyvalue:stringequals"), [("unknown", 1)]),
)


@pytest.mark.parametrize(("condition", "expected"), rows(CONDITIONS))
def test_a_condition_on_the_owner_of_a_resource_of_aws(
    condition: Condition, expected: list[tuple[str, object]]
) -> None:
    """No customer owns it; of other resources nobody can tell."""
    statements = document(replace(allow(), conditions=(condition,)))
    assert told(decide(statements, READ, of_aws=True)) == expected
    assert told(decide(statements, READ)) == [("unknown", 1)]


def test_one_condition_that_fails_is_enough() -> None:
    """All must hold, and a Deny that surely does not apply denies nothing."""
    both = replace(allow(), conditions=(ORGANIZATION, OWNER))
    assert told(decide(document(both), READ, of_aws=True)) == [NOBODY]
    spared = replace(deny(), conditions=(OWNER,))
    assert told(decide(document(allow(), spared), READ, of_aws=True)) == [("allow", 1)]


def test_a_share_has_a_request_to_show() -> None:
    """Each request of it, and only those, is in it."""
    (allowed, denied) = decide(document(allow(of("s3:getobject"))), PATTERN)
    assert ("s3:GetObject", "bucket/key") in allowed.share
    assert ("s3:GetObject", "bucket/key") not in denied.share
    assert denied.share.witness() in denied.share
    assert ("s3:GetObject", "bucket/") not in allowed.share


@pytest.mark.parametrize(
    ("actions", "resources"), [("s3:get*", "other/*"), ("s3:put*", "bucket/*"), ("s3:put*", "other/*")]
)
def test_requests_that_have_nothing_in_common_with_a_statement_stay_as_they_are(
    actions: str, resources: str
) -> None:
    """However many such statements there are, the question does not grow."""
    assert READ.split(Globs((actions,)), Globs((resources,))) == (Requests(), READ)


# The oracle: each request of a tiny universe by itself, in every completion of what is unknown.

ACTIONS: Final = ("a", "b", "ab")
RESOURCES: Final = ("", "x", "xx", "y")
_PATTERNS: Final = st.lists(st.sampled_from(["a", "b", "a*", "*", "?"]), max_size=2).map(tuple)
_PLACES: Final = st.lists(st.sampled_from(["x", "y", "x*", "*", "??"]), max_size=2).map(tuple)


def _selections(patterns: st.SearchStrategy[tuple[str, ...]], path: str) -> st.SearchStrategy[Selection]:
    return st.builds(
        Selection,
        patterns=patterns,
        negated=st.booleans(),
        doubtful=st.just(()) | patterns,
        unknown=st.none() | st.just(hidden(path)),
    )


statements = st.builds(
    Statement,
    position=st.just(0),
    sid=st.none(),
    effect=st.sampled_from([*Effect, *Effect, hidden("Effect")]),
    principals=st.sampled_from([Principals.INCLUDED, *Principals, hidden("Principal")]),
    actions=_selections(_PATTERNS, "Action"),
    resources=_selections(_PLACES, "Resource"),
    conditions=st.sampled_from([(), (), (OWNER,), (ORGANIZATION,), hidden("Condition")]),
)
documents = st.lists(statements, max_size=3)
asked_sets = st.tuples(st.sampled_from(["a", "a*", "*"]), st.sampled_from(["x", "x*", "*"]))


@dataclass(frozen=True, slots=True)
class _Answer:
    """Whether a statement matches a request: yes, no, or both are possible."""

    may: bool
    may_not: bool


def _both(one: _Answer, other: _Answer) -> _Answer:
    return _Answer(one.may and other.may, one.may_not or other.may_not)


def _selected(selection: Selection, text: str) -> _Answer:
    sure = text in Language.of(*selection.patterns)
    open_ = selection.unknown is not None or text in Language.of(*selection.doubtful)
    answer = _Answer(sure or open_, not sure)
    return _Answer(answer.may_not, answer.may) if selection.negated else answer


def _matched(statement: Statement, action: str, resource: str) -> _Answer:
    principal = {
        Principals.INCLUDED: _Answer(may=True, may_not=False),
        Principals.EXCLUDED: _Answer(may=False, may_not=True),
    }
    found = _Answer(may=True, may_not=True)
    if isinstance(statement.principals, Principals):
        found = principal.get(statement.principals, found)
    if statement.conditions != ():
        found = _both(found, _Answer(may=True, may_not=True))
    found = _both(found, _selected(statement.actions, action))
    return _both(found, _selected(statement.resources, resource))


def _outcome(drawn: list[Statement], action: str, resource: str) -> Outcome:
    """Return what becomes of a request in every way in which the statements may turn out."""
    ways: list[list[Effect | None]] = []
    for each in drawn:
        answer = _matched(each, action, resource)
        effects = list(Effect) if isinstance(each.effect, Unknown) else [each.effect]
        ways.append([*(effects if answer.may else ()), *([None] if answer.may_not else ())])
    outcomes = set()
    for way in product(*ways):
        allowed = Effect.ALLOW in way and Effect.DENY not in way
        outcomes.add(Outcome.ALLOW if allowed else Outcome.DENY)
    return outcomes.pop() if len(outcomes) == 1 else Outcome.UNKNOWN


@LAW
@given(documents, asked_sets)
def test_each_request_gets_what_iam_would_say(drawn: list[Statement], asked: tuple[str, str]) -> None:
    """The shares make up what was asked, each request is in one, and its outcome is the oracle's."""
    requests = Requests.of(asked[0], Language.of(asked[1]))
    decisions = decide(document(*drawn), requests)
    assert all(each.share for each in decisions)
    assert len({(each.outcome, each.by) for each in decisions}) == len(decisions)
    for request in product(ACTIONS, RESOURCES):
        found = [each.outcome for each in decisions if request in each.share]
        assert found == ([_outcome(drawn, *request)] if request in requests else [])


@LAW
@given(documents, asked_sets)
def test_the_order_of_statements_changes_no_outcome(drawn: list[Statement], asked: tuple[str, str]) -> None:
    """Only who is named among several may change."""
    requests = Requests.of(asked[0], Language.of(asked[1]))
    for request in product(ACTIONS, RESOURCES):
        outcomes = [
            {each.outcome for each in decide(document(*order), requests) if request in each.share}
            for order in (drawn, drawn[::-1])
        ]
        assert outcomes[0] == outcomes[1]
