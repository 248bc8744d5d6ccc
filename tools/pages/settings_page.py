"""The page of the settings, and their JSON Schema as a file; both say what the code checks."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

from mwaa_guardrails.checks.check import Check, Level
from mwaa_guardrails.settings import SETTINGS_FILE, settings_schema
from tools.pages.text import GENERATED, ROOT, cell, table

SCHEMA_FILE: Final = "mwaa-guardrails.schema.json"
# Of longer lists the page of the checks has all words.
_FEW: Final = 5
_ALL_ADVISORY: Final = f"""\
# {SETTINGS_FILE} in the folder of the policy pack: every check speaks, and none stops a team.
# Made by `make docs` from the list of checks. Take out the line of a check to make it mandatory again.
# yaml-language-server: $schema={SCHEMA_FILE}"""
EXAMPLE: Final = ROOT / "policy_pack" / "mwaa-guardrails.example.yaml"


def schema_file() -> str:
    """Return the schema as the text of a file."""
    return f"{json.dumps(settings_schema(), indent=2)}\n"


def all_advisory(checks: Iterable[Check]) -> str:
    """Return the settings with which no check stops anybody, as the text of a file."""
    mandatory = [each.id for each in checks if each.level is Level.MANDATORY]
    lines = [f"  {check}: {{level: {Level.ADVISORY}}}" for check in mandatory]
    return "\n".join([_ALL_ADVISORY, "checks:", *lines, ""])


def settings_page() -> str:
    """Return the page that says what an administrator can state, and where."""
    return _PAGE.format(
        generated=GENERATED,
        file=SETTINGS_FILE,
        schema=SCHEMA_FILE,
        example=EXAMPLE.read_text(encoding="utf-8").rstrip(),
        keys="\n".join(table(("key", "value", "meaning"), _rows(settings_schema(), ""))),
        configuration=_CONFIGURATION,
        all=_ALL,
    )


_PAGE: Final = """# Settings of an administrator

{generated}

One optional file, `{file}` in the folder of the policy pack, so that it is published with the pack.
Its schema lies beside it, [{schema}](../policy_pack/{schema}); the
first line below lets an editor complete and check it. A key, a check or a value that means nothing keeps
the pack from starting, with the nearest right one.

```yaml
{example}
```

## Keys

{keys}

Properties of what lies outside are those of pulumi-aws; what is not stated is not known, and is asked for
where a verdict hangs on it. A resource of the stack with the same id is taken at its own word.

## By policy configuration

In Pulumi Cloud, or in a file that `--policy-pack-config` names, each check and report is configured under
its own name, in Pulumi's words; what concerns all checks under `settings`. It wins over the file, key by
key. Properties without a level leave the level as it is.

```json
{configuration}
```

Pulumi's `"all": "mandatory"` makes `undetermined`, `advice` and `exemptions` mandatory as well, so that a
first preview may stop at what nobody can know yet. This keeps them advisory:

```json
{all}
```

## Exemptions

An exemption names one check, a reason, the last day on which it holds (UTC) or `never`, and what it is for;
all that it states must fit. A finding that is exempt is told by the advisory policy `exemptions`, with the
reason, and stops nothing. So is told an exemption that has expired, beside the finding that stands again,
and one that names this very stack by its URN and fits nothing in it. With `ignore_exemptions` all findings
stand.

A project asks for one by a tag on the resource, `mwaa:exempt:<check>` with the last day and a reason as its
value. It is honoured for the checks under `tag_exemptions`; for others it is told that it is not. Its reason
stays on the resource and is not quoted.

## In an audit

`mwaa-audit check` and `sweep` judge by the same settings: levels (exit code 1 means a finding that is
mandatory here, 2 an open question where `undetermined` is), options, tags, and what lies outside.
`--settings FILE` names the administrator's file. Without it, the audit takes what the pack beside it takes:
the file in the pack's folder, or else the one that `MWAA_GUARDRAILS_SETTINGS` names, which may tighten and
nothing else. Installed by pip or pipx the audit has no pack beside it: name the pack's file, such as
`--settings guardrails/policy_pack/mwaa-guardrails.yaml`, also in the recipes. A file that cannot be taken
ends the audit with exit code 3. In a sweep, what is stated of ids outside joins stacks as a resource with
these ids does, and other settings judge anew what an earlier sweep has judged.

What is exempt stays in the terminal and in every report, with its reason, also where the settings disable the
policy `exemptions`; so does an exemption in vain, beside the finding that stands, unless they do. `check`
tells as unused what the pack does; `sweep` tells every exemption that fits in no stack, unless one could not
be read. An exemption from a check that is disabled, or that cannot say yet, is none. `--ignore-exemptions`
lets all findings stand.

`mwaa-audit exemptions` lists what is exempt, why and until when; with a backend also how many findings each
one fits, which fits none, and what tags exempt. It ends with exit code 1 when an exemption has expired,
ends within 30 days (`--expiring DAYS`), or fits in no stack. `--json FILE` writes the list by
[mwaa-audit-exemptions.schema.json](mwaa-audit-exemptions.schema.json).

## What a project can change

Nothing that loosens. Where the pack has no file of its own, the environment variable
`MWAA_GUARDRAILS_SETTINGS` may name one, by its absolute path. It is the deploying project's, so it may raise
levels, refuse substitutes and ignore exemptions; anything else in it keeps the pack from starting. Tags
exempt as said above. The configuration of a stack is never read. Who runs `pulumi` with a pack from a folder
of one's own decides on all of it, though: only a pack that the organization enforces is out of a project's
reach.
"""

_CONFIGURATION: Final = json.dumps(
    {
        "security-group-lacks-self-reference": {"enforcementLevel": "mandatory", "substitutes": "advise"},
        "subnet-in-unusable-zone": "mandatory",
        "settings": {"tag_exemptions": ["subnet-lacks-working-nat"]},
    },
    indent=2,
)
_ALL: Final = json.dumps(
    {"all": "mandatory", **dict.fromkeys(("undetermined", "advice", "exemptions"), "advisory")}, indent=2
)


def _rows(schema: Mapping[str, object], place: str) -> Iterator[tuple[str, str, str]]:
    """Yield a row for each key, those of all checks together."""
    properties = cast("Mapping[str, Mapping[str, object]]", schema.get("properties", {}))
    for name, each in properties.items():
        path = f"{place}{name}"
        if path == "checks":
            yield from _rows_of_a_check(each)
        elif path.startswith("outside."):
            (fact,) = cast("Mapping[str, Mapping[str, object]]", each["patternProperties"]).values()
            known = ", ".join(f"`{key}`" for key in cast("Mapping[str, object]", fact["properties"]))
            yield (f"`{path}`", "by id", f"{cell(str(each['description']))} {known}")
        elif each.get("type") == "array" and "properties" in cast("Mapping[str, object]", each["items"]):
            yield (f"`{path}`", "list", cell(str(each["description"])))
            yield from _rows(cast("Mapping[str, object]", each["items"]), f"{path}[].")
        elif "properties" in each:
            yield from _rows(each, f"{path}.")
        else:
            yield (f"`{path}`", _value(each), cell(str(each["description"])))


def _rows_of_a_check(schema: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    by_check = cast("Mapping[str, Mapping[str, Mapping[str, Mapping[str, object]]]]", schema["properties"])
    keys = {key: each for check in by_check.values() for key, each in check["properties"].items()}
    for key, each in keys.items():
        some = (
            "" if all(key in check["properties"] for check in by_check.values()) else " Some checks take it."
        )
        yield (f"`checks.<check>.{key}`", _value(each), cell(f"{each['description']}{some}"))


def _value(schema: Mapping[str, object]) -> str:
    allowed = cast("list[str] | None", schema.get("enum"))
    if allowed is not None and len(allowed) > _FEW:
        return "a check"
    if allowed is not None:
        return ", ".join(f"`{each}`" for each in allowed)
    words = {"boolean": "`true` or `false`", "object": "map", "array": "list of checks"}
    return words.get(str(schema["type"]), "text")
