"""The settings as a JSON Schema: what editors complete, what the documentation shows, what is checked.

`validation` reads the few keywords that are used here.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

from mwaa_guardrails.checks import ALL_CHECKS
from mwaa_guardrails.checks.check import Level, Substitutes
from mwaa_guardrails.documents.facts import ENVIRONMENT_TAG, EXEMPTION_TAG_PREFIX, ROUTING_TAG
from mwaa_guardrails.settings.outside import FACTS

Schema: TypeAlias = dict[str, object]

ADVICE: Final = "advice"
UNDETERMINED: Final = "undetermined"
EXEMPTIONS: Final = "exemptions"
REPORTS: Final[Mapping[str, str]] = {
    ADVICE: "What works and the guide would have otherwise.",
    UNDETERMINED: "What cannot be known yet.",
    EXEMPTIONS: "What is exempt, and exemptions that have expired, are not honoured or excuse nothing.",
}
"""The policies that report what is no violation of a check, and what each reports."""

NEVER: Final = "never"
SELECTORS: Final = ("urn", "name", "type", "tags", "environment")
_CHECKS: Final = tuple(check.id for check in ALL_CHECKS)
_TEXT: Final[Schema] = {"type": "string", "minLength": 1}


def settings_schema() -> Schema:
    """Return the schema of the file of settings."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of mwaa-guardrails",
        **_object(
            {
                "checks": _object(
                    {
                        **{
                            check.id: _of_a_check(check.title, check.knows_substitutes)
                            for check in ALL_CHECKS
                        },
                        **{name: _of_a_check(what, substitutes=False) for name, what in REPORTS.items()},
                    },
                    "Levels and options, by check.",
                ),
                **pack_wide_properties(),
            },
            "What an administrator states for all stacks. Each key is optional.",
        ),
    }


def pack_wide_properties() -> dict[str, Schema]:
    """Return the settings that concern all checks together, which policy configuration takes as well."""
    return {
        "substitutes": _substitutes(
            "What to make of networks that reach the guide's end another way, unless a check states its own."
        ),
        "tags": _object(
            {
                "environment": _text(f"In place of {ENVIRONMENT_TAG}: names the environments to come."),
                "routing": _text(f"In place of {ROUTING_TAG}: states public or private routing."),
            },
            "The keys of the tags that declare networks.",
        ),
        "outside": _object(
            {kind: _facts(kind) for kind in FACTS},
            "What lies outside the stacks and is referred to by id, in the properties of pulumi-aws.",
        ),
        "exemptions": {
            "type": "array",
            "description": "What is exempt from a check, why, and until when.",
            "items": _exemption(),
        },
        "tag_exemptions": {
            "type": "array",
            "description": (
                "The checks from which a project may exempt a resource by a tag, "
                f"`{EXEMPTION_TAG_PREFIX}` and the check's id, with the last day and a reason."
            ),
            "items": {"type": "string", "enum": [*_CHECKS]},
        },
        "ignore_exemptions": {
            "type": "boolean",
            "description": "Whether nothing is exempt, whatever is stated.",
        },
    }


def pack_wide_schema() -> Schema:
    """Return the schema of the settings that policy configuration takes."""
    return _object(pack_wide_properties(), "What concerns all checks together.")


def _of_a_check(title: str, substitutes: bool) -> Schema:  # noqa: FBT001 - a column of a table
    properties: dict[str, Schema] = {
        "level": {
            "type": "string",
            "enum": [each.value for each in Level],
            "description": "What the engine does about a finding.",
        }
    }
    if substitutes:
        properties["substitutes"] = _substitutes(
            "What to make of networks that reach the guide's end another way."
        )
    return _object(properties, title)


def _substitutes(description: str) -> Schema:
    return {"type": "string", "enum": [each.value for each in Substitutes], "description": description}


def _facts(kind: str) -> Schema:
    described = FACTS[kind]
    return {
        "type": "object",
        "description": f"{described.what}, by id.",
        "patternProperties": {
            f"^{described.prefix}-[0-9a-f]+$": _object(
                {key: {**shape} for key, shape in described.properties.items()}, described.what
            )
        },
        "additionalProperties": False,
    }


def _exemption() -> Schema:
    return {
        **_object(
            {
                "check": {"type": "string", "enum": [*_CHECKS], "description": "The check's id."},
                "reason": _text("Why; whoever reads a report sees it."),
                "expires": {
                    "type": "string",
                    "pattern": rf"^(\d{{4}}-\d{{2}}-\d{{2}}|{NEVER})$",
                    "description": f"The last day on which it holds, such as 2027-03-31, or {NEVER}.",
                },
                "approved_by": _text("Who said so."),
                "ticket": _text("Where it was agreed."),
                "urn": _text("The URN of the resource; * stands for any text."),
                "name": _text("The logical name of the resource; * stands for any text."),
                "type": _text("The type of the resource, such as aws:ec2/securityGroup:SecurityGroup."),
                "tags": {
                    "type": "object",
                    "description": "Tags that the resource has.",
                    "minProperties": 1,
                    "additionalProperties": {"type": "string"},
                },
                "environment": _text("The name of the environment that suffers."),
            },
            "Findings of one check that are told and stop nothing. All that is stated must fit.",
        ),
        "required": ["check", "reason", "expires"],
        "anyOf": [{"required": [each]} for each in SELECTORS],
    }


def _object(properties: Mapping[str, Schema], description: str) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": dict(properties),
        "additionalProperties": False,
    }


def _text(description: str) -> Schema:
    return {**_TEXT, "description": description}
