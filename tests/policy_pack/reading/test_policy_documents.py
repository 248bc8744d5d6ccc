"""Reading policy documents: objects and JSON text, in every spelling, and in parts that nobody can see."""

import json
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.aws.statements import (
    Condition,
    Effect,
    Length,
    PolicyDocument,
    Principals,
    Selection,
    Statement,
)
from mwaa_guardrails.reading.policy_documents import read_policy_document
from mwaa_guardrails.reading.properties import properties_of
from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from mwaa_guardrails.unknown import Reason, Unknown
from tests.policy_pack.net.tables import rows
from tests.policy_pack.net.universe import LAW


def read(policy: Value) -> PolicyDocument | Unknown | None:
    """Return the policy document of a resource with one property."""
    resource = Resource(urn="urn", type="type", name="name", inputs={"policy": policy, "other": True})
    return read_policy_document(properties_of(resource), "policy")


def statement_of(**parts: Value) -> Statement:
    """Return the only statement of a document; what is not given is everything."""
    stated: dict[str, Value] = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    for key in parts:
        stated.pop(key.removeprefix("Not"), None)
    document = read({"Version": "2012-10-17", "Statement": {**stated, **parts}})
    assert isinstance(document, PolicyDocument)
    (statement,) = document.statements
    return statement


def unknown(path: str, reason: Reason = Reason.MALFORMED) -> Unknown:
    """Return a part of the document that cannot be had."""
    return Unknown(urn="urn", path=path, reason=reason)


EVERY: Final = Selection(patterns=("*",))
FULL: Final = PolicyDocument(
    urn="urn",
    path="policy",
    statements=(
        Statement(
            position=1,
            sid="All",
            effect=Effect.ALLOW,
            principals=Principals.INCLUDED,
            actions=EVERY,
            resources=EVERY,
        ),
    ),
)
_FULL: Final[dict[str, Value]] = {
    "Sid": "All",
    "Effect": "Allow",
    "Principal": "*",
    "Action": "*",
    "Resource": "*",
}
_LOWER: Final[dict[str, Value]] = {f"{key[0].lower()}{key[1:]}": value for key, value in _FULL.items()}
_LISTS: Final[dict[str, Value]] = {
    **_FULL,
    "Principal": {"AWS": ("*",)},
    "Action": ("*",),
    "Resource": ("*",),
}


@pytest.mark.parametrize(
    "policy",
    rows(
        (
            ("an object", {"Statement": (_FULL,)}),
            ("one statement, no list", {"Statement": _FULL}),
            ("with version and id", {"Version": "2012-10-17", "Id": "x", "Statement": (_FULL,)}),
            ("first letters in lower case", {"statement": (_LOWER,)}),
            ("keys in upper case", {"STATEMENT": {key.upper(): value for key, value in _FULL.items()}}),
            ("lists of one", {"Statement": (_LISTS,)}),
            ("a null for what is absent", {"Statement": ({**_FULL, "Condition": None},)}),
            ("no conditions", {"Statement": ({**_FULL, "Condition": {}},)}),
            ("JSON text", json.dumps({"Statement": [_FULL]})),
            ("JSON text, indented", json.dumps({"Statement": _FULL}, indent=4)),
        )
    ),
)
def test_every_spelling_of_full_access_is_one_document(policy: Value) -> None:
    """Objects and text, single values and lists, keys in any case."""
    assert read(policy) == FULL


@pytest.mark.parametrize(
    ("policy", "reason"),
    rows(
        (
            ("no JSON", "{", Reason.MALFORMED),
            ("JSON of a list", "[]", Reason.MALFORMED),
            ("a null", "null", Reason.MALFORMED),
            ("nothing in it", "{}", Reason.MALFORMED),
            ("a number", 1.0, Reason.MALFORMED),
            ("a list", ("a",), Reason.MALFORMED),
            ("too deep", "[" * 100_000, Reason.MALFORMED),
            ("unknown", Opaque.COMPUTED, Reason.NOT_YET),
            ("secret", Opaque.SECRET, Reason.HIDDEN),
        )
    ),
)
def test_what_is_no_document_is_unknown_as_a_whole(policy: Value, reason: Reason) -> None:
    """And never breaks anything."""
    assert read(policy) == unknown("policy", reason)


def test_no_document_and_an_empty_one() -> None:
    """Nothing, an empty text, and a list of no statements."""
    assert read(None) is None
    assert read("") is None
    assert read({"Statement": ()}) == PolicyDocument(urn="urn", path="policy", statements=())


@pytest.mark.parametrize(
    ("value", "expected"),
    rows(
        (
            ("a text", "not an object", unknown("policy.Statement[1]")),
            ("unknown", Opaque.COMPUTED, unknown("policy.Statement[1]", Reason.NOT_YET)),
        )
    ),
)
def test_a_statement_that_cannot_be_read_hides_only_itself(value: Value, expected: Unknown) -> None:
    """The others keep their positions."""
    document = read({"Statement": (_FULL, value, _FULL)})
    assert isinstance(document, PolicyDocument)
    assert document.unknown == expected
    assert [each.position for each in document.statements] == [1, 3]


_PART: Final = "policy.Statement"


@pytest.mark.parametrize(
    ("principal", "expected"),
    rows(
        (
            ("everyone", {"Principal": "*"}, Principals.INCLUDED),
            ("everyone of AWS", {"Principal": {"aws": "*"}}, Principals.INCLUDED),
            (
                "a role among others",
                {"Principal": {"AWS": ("arn:aws:iam::1:role/r", "*")}},
                Principals.INCLUDED,
            ),
            ("a role", {"Principal": {"AWS": "arn:aws:iam::1:role/r"}}, Principals.PERHAPS),
            ("a text", {"Principal": "arn:aws:iam::1:role/r"}, Principals.PERHAPS),
            ("a service", {"Principal": {"Service": "ec2.amazonaws.com"}}, Principals.EXCLUDED),
            ("nobody", {"Principal": {"AWS": ()}}, Principals.EXCLUDED),
            ("all but everyone", {"NotPrincipal": "*"}, Principals.EXCLUDED),
            ("all but a role", {"NotPrincipal": {"AWS": "arn:aws:iam::1:role/r"}}, Principals.PERHAPS),
            ("all but a service", {"NotPrincipal": {"Service": "x"}}, Principals.INCLUDED),
            ("a list", {"Principal": ("*",)}, unknown(f"{_PART}.Principal")),
            ("none", {"Principal": None}, unknown(f"{_PART}.Principal")),
            ("both", {"Principal": "*", "NotPrincipal": "*"}, unknown(f"{_PART}.Principal")),
            (
                "unknown",
                {"Principal": {"AWS": Opaque.COMPUTED}},
                unknown(f"{_PART}.Principal.AWS", Reason.NOT_YET),
            ),
            (
                "all but an unknown one",
                {"NotPrincipal": {"AWS": Opaque.COMPUTED}},
                unknown(f"{_PART}.NotPrincipal.AWS", Reason.NOT_YET),
            ),
        )
    ),
)
def test_whether_a_role_is_among_principals(
    principal: dict[str, Value], expected: Principals | Unknown
) -> None:
    """By everyone, by name, by kind."""
    assert statement_of(**principal).principals == expected


@pytest.mark.parametrize(
    ("action", "expected"),
    rows(
        (
            (
                "folded",
                {"Action": ("S3:GetObject", "s3:Get*")},
                Selection(patterns=("s3:getobject", "s3:get*")),
            ),
            ("negated", {"NotAction": "s3:*"}, Selection(patterns=("s3:*",), negated=True)),
            (
                "a foreign letter",
                {"Action": "\N{KELVIN SIGN}ms:*"},
                Selection(patterns=("\N{KELVIN SIGN}ms:*",)),
            ),
            ("none", {"Action": None}, Selection(patterns=(), unknown=unknown(f"{_PART}.Action"))),
            (
                "one unknown",
                {"Action": ("a:b", Opaque.COMPUTED, 1.0)},
                Selection(patterns=("a:b",), unknown=unknown(f"{_PART}.Action[1]", Reason.NOT_YET)),
            ),
            ("a variable is none here", {"Action": "${a}"}, Selection(patterns=("${a}",))),
        )
    ),
)
def test_actions(action: dict[str, Value], expected: Selection) -> None:
    """Named, or all but the named."""
    assert statement_of(**action).actions == expected


def test_variables_of_resources_are_as_wide_as_they_may_turn_out() -> None:
    """In the version of the language that knows them; in the older one they are plain text."""
    text = "arn:aws:s3:::${aws:PrincipalAccount}-dags/*"
    assert statement_of(Resource=(text, "a")).resources == Selection(
        patterns=("a",), doubtful=("arn:aws:s3:::*-dags/*",)
    )
    old = read({"Statement": {**_FULL, "Resource": text}})
    assert isinstance(old, PolicyDocument)
    assert old.statements[0].resources == Selection(patterns=(text,))
    hidden = read({"Version": Opaque.COMPUTED, "Statement": {**_FULL, "Resource": text}})
    assert isinstance(hidden, PolicyDocument)
    assert hidden.statements[0].resources.doubtful == ("arn:aws:s3:::*-dags/*",)


@pytest.mark.parametrize(
    ("effect", "expected"),
    rows(
        (
            ("Deny", "Deny", Effect.DENY),
            ("in lower case", "allow", Effect.ALLOW),
            ("another text", "Permit", unknown(f"{_PART}.Effect")),
            ("no text", 1.0, unknown(f"{_PART}.Effect")),
            ("absent", None, unknown(f"{_PART}.Effect")),
            ("unknown", Opaque.COMPUTED, unknown(f"{_PART}.Effect", Reason.NOT_YET)),
        )
    ),
)
def test_effects(effect: Value, expected: Effect | Unknown) -> None:
    """Two there are."""
    assert statement_of(Effect=effect).effect == expected


_CONDITION: Final = f"{_PART}.Condition"


@pytest.mark.parametrize(
    ("condition", "expected"),
    rows(
        (
            (
                "two operators",
                {"StringEquals": {"aws:ResourceAccount": "1"}, "Bool": {"aws:SecureTransport": ("true",)}},
                (
                    Condition(operator="stringequals", key="aws:resourceaccount", values=("1",)),
                    Condition(operator="bool", key="aws:securetransport", values=("true",)),
                ),
            ),
            (
                "an unknown value",
                {"StringEquals": {"a": ("1", Opaque.COMPUTED)}},
                (
                    Condition(
                        operator="stringequals",
                        key="a",
                        values=("1", unknown(_CONDITION, Reason.NOT_YET)),
                    ),
                ),
            ),
            ("unknown", Opaque.COMPUTED, unknown(_CONDITION, Reason.NOT_YET)),
            ("no object", "x", unknown(_CONDITION)),
            ("an operator of nothing, which may be any text", {"StringEquals": "x"}, unknown(_CONDITION)),
        )
    ),
)
def test_conditions(condition: Value, expected: tuple[Condition, ...] | Unknown) -> None:
    """An operator and a key each, folded."""
    assert statement_of(Condition=condition).conditions == expected


def test_a_name_of_a_statement_is_a_text() -> None:
    """Anything else is no name."""
    assert [statement_of(Sid=sid).sid for sid in ("One", "", 1.0, Opaque.COMPUTED)] == [
        "One",
        None,
        None,
        None,
    ]


_VALUES: Final[st.SearchStrategy[Value]] = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.sampled_from(["*", "Allow", "Deny", "", "s3:*", "${a}", *Opaque]),
    lambda inner: (
        st.lists(inner, max_size=2).map(tuple)
        | st.dictionaries(
            st.sampled_from(
                ["Statement", "Effect", "Principal", "AWS", "Action", "NotResource", "Condition"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@LAW
@given(_VALUES)
def test_no_value_breaks_the_reading(value: Value) -> None:
    """Whatever a program wrote, a document, an unknown or nothing comes out."""
    assert isinstance(read({"Statement": value}), (PolicyDocument, Unknown))
    read(value)


@LAW
@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Likewise."""
    read(text)
    read('{"Statement":' + text)


@pytest.mark.parametrize(
    ("policy", "length"),
    rows(
        (
            ("an object", {"Statement": ()}, Length(16, 16)),
            ("JSON text", '{"Statement":[]}', Length(16, 16)),
            ("white space, which pulumi-aws leaves out", ' {\n"Statement" : [ ] }\n', Length(16, 16)),
            ("several parts", {"Id": "b", "Statement": ("a", "b")}, Length(32, 32)),
            ("an empty object in it", {"Statement": ({},)}, Length(18, 18)),
            ("truth values and nothing", {"Statement": (True, None)}, Length(25, 25)),
            ("a number, however it is written", {"Statement": 10.0}, Length(15, 18)),
            ("letters that may be sent as escapes", {"Statement": ("é&",)}, Length(20, 30)),
            ("quotation marks, which are escapes", {"Statement": ('"',)}, Length(20, 20)),
            ("a part that cannot be seen", {"Statement": (Opaque.COMPUTED,)}, Length(16, 16)),
        )
    ),
)
def test_the_length_of_a_document_is_what_reaches_aws(policy: Value, length: Length) -> None:
    """In the fewest and the most characters that it may be sent in."""
    document = read(policy)
    assert isinstance(document, PolicyDocument)
    assert document.length == length


def test_the_length_of_what_is_too_deep_is_not_told() -> None:
    """And breaks nothing."""
    deep: Value = ()
    for _ in range(100_000):
        deep = (deep,)
    document = read({"Statement": (), "Id": deep})
    assert isinstance(document, PolicyDocument)
    assert document.length == Length(0, 0)


@LAW
@given(st.recursive(st.text(max_size=9), lambda each: st.lists(each) | st.dictionaries(st.text(), each)))
def test_a_document_is_as_long_as_json_without_white_space(within: object) -> None:
    """Whatever stands in it."""
    parsed = {"Statement": [], "Id": within}
    document = read(json.dumps(parsed, indent=3))
    assert isinstance(document, PolicyDocument)
    assert document.length.fewest == len(json.dumps(parsed, separators=(",", ":"), ensure_ascii=False))
