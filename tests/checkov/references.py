"""Finds, in the texts of a resource, what they take from other resources."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from mwaa_guardrails.reading.resource import Resource, Value


@dataclass(frozen=True, slots=True)
class Reference:
    """An output of a resource, such as the id of a VPC."""

    resource: Resource
    output: str


Parts: TypeAlias = tuple[str | Reference, ...]
"""A text in pieces: what stands there, and what is taken from other resources."""

_UNSET: Final = frozenset({"", None})


class References:
    """Knows the outputs of every resource of a deployed stack, where each tells whose it is."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        """Take note of every text that a resource computes."""
        resources = tuple(resources)
        self._by_urn: Mapping[str, Resource] = {each.urn: each for each in resources}
        self._known: Mapping[str, Reference] = {
            value: Reference(each, key)
            for each in resources
            for key, value in each.outputs.items()
            if key not in each.inputs and isinstance(value, str) and value not in _UNSET
        }
        longest_first = sorted(self._known, key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def parts(self, text: str) -> Parts:
        """Return a text in pieces; a text that takes nothing from elsewhere is one piece."""
        pieces: list[str | Reference] = []
        end = 0
        for match in self._any.finditer(text):
            pieces += [text[end : match.start()], self._known[match.group()]]
            end = match.end()
        return tuple(piece for piece in (*pieces, text[end:]) if piece != "")

    def inputs_of(self, resource: Resource) -> Mapping[str, Value]:
        """Return the inputs, with the id of a bucket where they take the name that it was given."""
        return {
            key: self._id_for(value, resource.property_dependencies.get(key, ()))
            for key, value in resource.inputs.items()
        }

    def _id_for(self, value: Value, urns: Iterable[str]) -> Value:
        for each in (self._by_urn[urn] for urn in urns if urn in self._by_urn):
            if each.type == "aws:s3/bucket:Bucket" and value == each.inputs.get("bucket"):
                return each.outputs["id"]
        return value
