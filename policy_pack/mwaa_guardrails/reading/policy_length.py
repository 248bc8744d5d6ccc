"""How long a policy document is when it reaches AWS, which counts white space ("Considerations").

Providers parse a document and write it anew. pulumi-aws leaves all white space out; what others do with the
white space of a text is not documented. Some characters can be written as escapes of six.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from mwaa_guardrails.aws.statements import Length
from mwaa_guardrails.reading.resource import Opaque, Value

# Go's encoder of JSON, which writes documents for pulumi-aws, has escapes for these.
_ESCAPED: Final = "<>&"
_ESCAPE: Final = 6
_NOTHING: Final = Length(0, 0)


def length_of(document: Value) -> Length:
    """Return how many characters a document has without white space; of what cannot be seen, none."""
    try:
        return _length(document)
    except RecursionError:
        return _NOTHING


def _length(value: Value) -> Length:
    match value:
        case Opaque():
            return _NOTHING
        case bool() | None:
            return Length(len(json.dumps(value)), len(json.dumps(value)))
        case str():
            escapes = (_ESCAPE - 1) * sum(value.count(each) for each in _ESCAPED)
            return Length(len(json.dumps(value, ensure_ascii=False)), len(json.dumps(value)) + escapes)
        case Mapping():
            return _within(part for pair in value.items() for part in map(_length, pair))
        case tuple():
            return _within(map(_length, value))
        case _:
            # Numbers are written in more than one way; nobody's policy is made of them.
            return Length(1, len(json.dumps(value)))


def _within(parts: Iterable[Length]) -> Length:
    """Return the length of a list or an object: its parts, what separates them, and what is around them."""
    listed = list(parts)
    around = 1 + max(1, len(listed))
    return Length(around + sum(each.fewest for each in listed), around + sum(each.most for each in listed))
