"""The schema that editors complete by is the one that settings are held against."""

import json
from typing import Final

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from mwaa_guardrails.settings import problems_of, settings_schema
from mwaa_guardrails.settings.schema import pack_wide_schema
from tests.policy_pack.verdicts import COUNT, SELF

SCHEMA: Final = settings_schema()
_WORDS: Final = st.sampled_from(
    [
        *("", "mandatory", "advisory", "refuse", "never", "2027-03-31", "a text", SELF, COUNT),
        *("subnet-0a", "sg-0a", "vpc-0a"),
    ]
)
_KEYS: Final = st.sampled_from(
    [
        *("checks", "substitutes", "tags", "outside", "exemptions", "tag_exemptions", "ignore_exemptions"),
        *("level", "check", "reason", "expires", "name", "environment", "routing", SELF, COUNT, "advice"),
        *("subnets", "security_groups", "subnet-0a", "sg-0a", "vpcId", "ingress", "fromPort", "self", "x"),
    ]
)
_VALUES: Final = st.recursive(
    _WORDS | st.booleans() | st.none() | st.integers(0, 9) | st.sampled_from([1.0, 1.5]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


def _near(schema: dict[str, object]) -> st.SearchStrategy[object]:
    """Return values that often are as a schema has them, so that both verdicts come up at every depth."""
    right: st.SearchStrategy[object]
    match schema.get("type"):
        case "object":
            named = dict(schema.get("properties", {}))  # type: ignore[call-overload] # the schema is ours
            for each in dict(schema.get("patternProperties", {})).values():  # type: ignore[call-overload] # likewise
                named |= {"subnet-0a": each, "sg-0a": each}
            right = st.fixed_dictionaries({}, optional={key: _near(each) for key, each in named.items()})
        case "array":
            right = st.lists(_near(schema["items"]), max_size=2)  # type: ignore[arg-type] # likewise
        case "boolean":
            right = st.booleans()
        case _:
            right = st.sampled_from(schema["enum"]) if "enum" in schema else _WORDS  # type: ignore[call-overload] # likewise
    return st.one_of(right, right, right, _VALUES)


@given(_near(SCHEMA))
def test_the_reference_validator_takes_and_refuses_the_same(document: object) -> None:
    """Of two independent readings of one schema, neither is more generous."""
    if not isinstance(document, dict):
        return
    wrong = list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(document))
    problems = [each for each in problems_of(document) if not each.endswith("is no day of the calendar")]
    assert bool(problems) == bool(wrong)


def test_the_schema_is_one() -> None:
    """It is valid by its own meta-schema, and it is JSON."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_policy_configuration_takes_what_concerns_all_checks_together() -> None:
    """Each check is configured under its own name."""
    document = {"substitutes": "advise", "tag_exemptions": [SELF]}
    assert problems_of(document, pack_wide_schema()) == ()
    (problem,) = problems_of({**document, "checks": {}}, pack_wide_schema())
    assert problem.startswith("checks: no such key; it is one of substitutes, tags, outside, exemptions, ")
