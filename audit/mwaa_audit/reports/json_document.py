"""A result as JSON, by a schema of its own that is published in `docs/mwaa-audit.schema.json`."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from mwaa_audit.reports.words import shown
from mwaa_audit.result import (
    GoneFinding,
    JudgedEnvironment,
    PastSweep,
    ReportedFailure,
    ReportedFinding,
    ReportedQuestion,
    Result,
    StackRead,
    StackUnread,
    StatedExemption,
)
from mwaa_audit.shown.values import ShownNetwork
from mwaa_guardrails.checks.check import Level

SCHEMA_URL: Final = "https://json-schema.org/draft/2020-12/schema"


class Document(BaseModel):
    """What `mwaa-audit --json` writes."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, frozen=True, title="A report of mwaa-audit"
    )

    schema_version: int = Field(
        description="Raised when a key changes its meaning or goes; not when one is added."
    )
    tool_version: str = Field(description="The release of mwaa-guardrails.")
    stacks: tuple[StackRead, ...] = Field(description="What was read.")
    unreadable: tuple[StackUnread, ...] = Field(description="What could not be read.")
    environments: tuple[JudgedEnvironment, ...] = Field(description="What was judged.")
    findings: tuple[ReportedFinding, ...] = Field(description="Violations and advice; also what is accepted.")
    questions: tuple[ReportedQuestion, ...] = Field(description="What cannot be known.")
    exemptions: tuple[StatedExemption, ...] = Field(description="What the settings exempt.")
    gone: tuple[GoneFinding, ...] = Field(description="What a baseline has and was not found.")
    levels: Mapping[str, Level] = Field(
        description="What the engine would do about what each check says, and each report."
    )
    failures: tuple[ReportedFailure, ...] = Field(description="Defects of mwaa-guardrails.")
    networks: tuple[ShownNetwork, ...] = Field(description="What is known of the networks that were judged.")
    history: tuple[PastSweep, ...] = Field(description="What sweeps counted, day by day, with this one.")


def json_document(result: Result) -> str:
    """Return a result as JSON, in ASCII alone, so that names of any kind pass."""
    document = Document(
        schema_version=result.result_version,
        tool_version=result.tool_version,
        stacks=result.stacks,
        unreadable=result.unreadable,
        environments=tuple(replace(each, name=shown(each.name)) for each in result.environments),
        findings=tuple(replace(each, environment=shown(each.environment)) for each in result.findings),
        questions=tuple(
            replace(each, environments=tuple(map(shown, each.environments))) for each in result.questions
        ),
        exemptions=result.exemptions,
        gone=result.gone,
        levels=result.levels,
        failures=result.failures,
        networks=tuple(replace(each, environment=shown(each.environment)) for each in result.networks),
        history=result.history,
    )
    return f"{json.dumps(document.model_dump(by_alias=True), indent=2)}\n"


def json_schema() -> Mapping[str, object]:
    """Return the schema of what `json_document` returns."""
    schema = Document.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": SCHEMA_URL, **schema}
