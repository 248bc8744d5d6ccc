"""A deployed stack as Terraform would have it: pulumi-aws is made from Terraform's provider."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from mwaa_guardrails.reading.resource import Resource, Value
from tests.checkov.references import Reference, References
from tests.policy_pack.stacks import FLAGS

# What pulumi-aws calls by the plural, Terraform calls by the name of one of its blocks.
_BLOCKS: Final = {"rules": "rule"}
_NOT_STATED: Final = frozenset({"region", "tagsAll"})


def terraform(resources: Sequence[Resource], comments: Mapping[str, Iterable[str]] | None = None) -> str:
    """Return a deployed stack in Terraform's language, with comments inside resources by address."""
    references = References(resources)
    lines = (_block(each, references, (comments or {}).get(address(each), ())) for each in resources)
    return "\n".join(line for block in lines for line in (*block, ""))


def address(resource: Resource) -> str:
    """Return what Terraform calls a resource."""
    return f"{FLAGS[resource.type]['upstream']}.{resource.name}"


def _block(resource: Resource, references: References, comments: Iterable[str]) -> Iterator[str]:
    yield f'resource "{FLAGS[resource.type]["upstream"]}" "{resource.name}" {{'
    yield from (f"  # {each}" for each in comments)
    yield from _arguments(references.inputs_of(resource), references, "  ")
    yield "}"


def _arguments(values: Mapping[str, Value], references: References, indent: str) -> Iterator[str]:
    for key, value in sorted(values.items()):
        if key in _NOT_STATED or value is None:
            continue
        name = _BLOCKS.get(key, _snake(key))
        blocks = _blocks(key, value)
        for block in blocks:
            yield f"{indent}{name} {{"
            yield from _arguments(block, references, f"{indent}  ")
            yield f"{indent}}}"
        if not blocks:
            yield f"{indent}{name} = {_expression(value, references)}"


def _blocks(key: str, value: Value) -> Sequence[Mapping[str, Value]]:
    """Return the blocks that stand in an argument's place: each map but tags, alone or in a list."""
    if isinstance(value, Mapping) and key != "tags":
        return (value,)
    if isinstance(value, tuple):
        return [each for each in value if isinstance(each, Mapping)]
    return ()


def _expression(value: Value, references: References) -> str:
    match value:
        case str():
            return f'"{_template(value, references)}"'
        case tuple():
            return f"[{', '.join(_expression(each, references) for each in value)}]"
        case Mapping():
            pairs = (f"{json.dumps(key)} = {_expression(each, references)}" for key, each in value.items())
            return f"{{ {', '.join(pairs)} }}"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return json.dumps(value)


def _template(text: str, references: References) -> str:
    return "".join(
        f"${{{address(part.resource)}.{_snake(part.output)}}}"
        if isinstance(part, Reference)
        else json.dumps(part)[1:-1]
        for part in references.parts(text)
    )


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"_{letter.group().lower()}", name)
