"""Policy documents: an object or JSON text, its keys in any case, single values or lists of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from mwaa_guardrails.aws.statements import (
    Condition,
    Effect,
    Length,
    PolicyDocument,
    Principals,
    Selection,
    Statement,
    folded,
)
from mwaa_guardrails.reading.policy_length import length_of
from mwaa_guardrails.reading.properties import REASONS, Properties
from mwaa_guardrails.reading.resource import Opaque, Value
from mwaa_guardrails.reading.spellings import from_json
from mwaa_guardrails.unknown import Reason, Unknown

# "Policy variables" in the IAM User Guide: only this version of the language knows them, in resources.
_VERSION_WITH_VARIABLES: Final = "2012-10-17"
_VARIABLE: Final = re.compile(r"\$\{[^}]*\}")
_EFFECTS: Final = {folded(each.value): each for each in Effect}
_OPPOSITES: Final = {
    Principals.INCLUDED: Principals.EXCLUDED,
    Principals.PERHAPS: Principals.PERHAPS,
    Principals.EXCLUDED: Principals.INCLUDED,
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A value inside a policy document, and where it stands."""

    urn: str
    path: str
    value: Value

    def unknown(self) -> Unknown:
        """Return the value as one that cannot be had: it is hidden, or not of the form that belongs there."""
        reason = REASONS[self.value] if isinstance(self.value, Opaque) else Reason.MALFORMED
        return Unknown(urn=self.urn, path=self.path, reason=reason)

    def items(self) -> tuple["_Part", ...]:
        """Return the elements of a list; a value that is none counts as the only element."""
        if not isinstance(self.value, tuple):
            return (self,)
        return tuple(_Part(self.urn, f"{self.path}[{index}]", each) for index, each in enumerate(self.value))

    def parts(self) -> dict[str, "_Part"] | None:
        """Return the parts of an object that are there, by folded key; None when it is no object."""
        if not isinstance(self.value, Mapping):
            return None
        return {
            folded(key): _Part(self.urn, f"{self.path}.{key}", each)
            for key, each in self.value.items()
            if each is not None
        }


def read_policy_document(properties: Properties, key: str) -> PolicyDocument | Unknown | None:
    """Return the policy document at a property; None when there is none, which means full access.

    What is no policy document at all is unknown as a whole, as malformed; so is one in a text that nobody
    can see in full. Where only a part cannot be had, only that part is unknown.
    """
    value = properties.stated(key)
    if value is None or isinstance(value, Unknown):
        return value
    text = value if isinstance(value, str) else ""
    if text:
        value = from_json(text)
    document = _Part(properties.resource.urn, properties.unknown(key, Reason.MALFORMED).path, value)
    parts = document.parts()
    statements = None if parts is None else parts.get("statement")
    if parts is None or statements is None:
        return document.unknown()
    version = parts.get("version")
    variables = version is not None and version.value in (_VERSION_WITH_VARIABLES, Opaque.COMPUTED)
    read = [
        _statement(part, position, variables=variables)
        for position, part in enumerate(statements.items(), start=1)
    ]
    return PolicyDocument(
        urn=document.urn,
        path=document.path,
        statements=tuple(each for each in read if isinstance(each, Statement)),
        unknown=next((each for each in read if isinstance(each, Unknown)), None),
        length=_length(properties, value, text),
    )


def _length(properties: Properties, value: Value, text: str) -> Length:
    """Return how long a document is, with the white space of its text where a provider may keep it."""
    length = length_of(value)
    by_pulumi_aws = properties.resource.written is None
    return length if by_pulumi_aws else replace(length, most=max(length.most, len(text)))


def _statement(part: _Part, position: int, *, variables: bool) -> Statement | Unknown:
    parts = part.parts()
    if parts is None:
        return part.unknown()
    sid, effect = parts.get("sid"), parts.get("effect")
    return Statement(
        position=position,
        sid=sid.value if sid is not None and isinstance(sid.value, str) and sid.value else None,
        effect=_missing(part, "Effect") if effect is None else _effect(effect),
        principals=_principals(part, parts),
        actions=_selection(part, parts, "Action", _folded_action),
        resources=_selection(part, parts, "Resource", _resource if variables else _literal),
        conditions=_conditions(parts.get("condition")),
    )


def _missing(part: _Part, key: str) -> Unknown:
    return Unknown(urn=part.urn, path=f"{part.path}.{key}", reason=Reason.MALFORMED)


def _effect(part: _Part) -> Effect | Unknown:
    effect = _EFFECTS.get(folded(part.value)) if isinstance(part.value, str) else None
    return effect or part.unknown()


def _one_of(part: _Part, parts: Mapping[str, _Part], key: str) -> tuple[_Part, bool] | Unknown:
    """Return the element of a name, or the one with `Not` before it and that it is so; one must be there."""
    plain, negated = parts.get(folded(key)), parts.get(folded(f"Not{key}"))
    if plain is not None and negated is None:
        return plain, False
    if negated is not None and plain is None:
        return negated, True
    return _missing(part, key)


def _principals(part: _Part, parts: Mapping[str, _Part]) -> Principals | Unknown:
    found = _one_of(part, parts, "Principal")
    if isinstance(found, Unknown):
        return found
    named = _named_principals(found[0])
    return _OPPOSITES[named] if found[1] and not isinstance(named, Unknown) else named


def _named_principals(part: _Part) -> Principals | Unknown:
    """Return whether an execution role is among principals ("AWS JSON policy elements: Principal").

    A role, a session or an account by its name may be the role's own; a service is not.
    """
    kinds = {"aws": part} if isinstance(part.value, str) else part.parts()
    if kinds is None:
        return part.unknown()
    named = kinds["aws"].items() if "aws" in kinds else ()
    if any(each.value == "*" for each in named):
        return Principals.INCLUDED
    hidden = next((each.unknown() for each in named if not isinstance(each.value, str)), None)
    return hidden or (Principals.PERHAPS if named else Principals.EXCLUDED)


def _selection(
    part: _Part, parts: Mapping[str, _Part], key: str, read: Callable[[str], tuple[str, bool]]
) -> Selection:
    """Return the actions or resources of a statement; `read` says of a pattern whether it is sure."""
    found = _one_of(part, parts, key)
    if isinstance(found, Unknown):
        return Selection(patterns=(), unknown=found)
    items = found[0].items()
    patterns = [read(each.value) for each in items if isinstance(each.value, str)]
    return Selection(
        patterns=tuple(pattern for pattern, sure in patterns if sure),
        negated=found[1],
        doubtful=tuple(pattern for pattern, sure in patterns if not sure),
        unknown=next((each.unknown() for each in items if not isinstance(each.value, str)), None),
    )


def _folded_action(text: str) -> tuple[str, bool]:
    return folded(text), True


def _literal(text: str) -> tuple[str, bool]:
    return text, True


def _resource(text: str) -> tuple[str, bool]:
    """Return a pattern as wide as its variables may make it, and whether it has none."""
    wide = _VARIABLE.sub("*", text)
    return wide, wide == text


def _conditions(part: _Part | None) -> tuple[Condition, ...] | Unknown:
    if part is None:
        return ()
    read = tuple(_conditions_of(part))
    return next((each for each in read if isinstance(each, Unknown)), None) or tuple(
        each for each in read if isinstance(each, Condition)
    )


def _conditions_of(part: _Part) -> Iterator[Condition | Unknown]:
    operators = part.parts()
    if operators is None:
        yield part.unknown()
        return
    for operator, named in operators.items():
        # An operator and a key are any text: neither belongs into a path.
        keys = replace(named, path=part.path)
        by_key = keys.parts()
        if by_key is None:
            yield keys.unknown()
            continue
        for key, values in by_key.items():
            yield Condition(
                operator=operator,
                key=key,
                values=tuple(
                    each.value if isinstance(each.value, str) else replace(each, path=part.path).unknown()
                    for each in values.items()
                ),
            )
