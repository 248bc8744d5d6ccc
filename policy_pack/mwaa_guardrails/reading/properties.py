"""Reading properties by type: each comes out as its value, as absent, or as `Unknown` with its path.

Outputs win over inputs, for after a refresh they show what the inputs hide. An output that cannot be known
yet gives way to the input. A property that the program left out and the provider computes is *unstated*: a
list of parts is then empty, as AWS leaves it, and a single value is unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from mwaa_guardrails.aws.model import Origin
from mwaa_guardrails.reading.resource import Opaque, Resource, Value
from mwaa_guardrails.unknown import Reason, Unknown


class _Unstated(Enum):
    """The program left the property out, and the provider computes it."""

    UNSTATED = "unstated"


_Read: TypeAlias = Value | _Unstated
REASONS: Final = {
    Opaque.COMPUTED: Reason.NOT_YET,
    Opaque.SECRET: Reason.HIDDEN,
    Opaque.NOT_STATED: Reason.NOT_STATED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """The properties of a resource, or of an object inside it.

    Attributes:
        resource: The resource that holds them.
        path: Where the object stands inside the resource, in the names it is read by; empty for the
            resource itself.
        values: The properties by wire name.
        unseen: Whether nobody looked at the resource, so that no property is known or known to be absent.
    """

    resource: Resource
    path: str
    values: Mapping[str, _Read]
    unseen: bool = False

    @property
    def origin(self) -> Origin:
        """Where these properties were written."""
        return self.origin_of("")

    def origin_of(self, key: str, *, implied: bool = False) -> Origin:
        """Return where a property was written, in the program's own words, or the whole for no key."""
        written = self.resource.written
        path = self._path_of(key) if key else self.path
        return Origin(
            urn=self.resource.urn,
            type=written.type if written else self.resource.type,
            name=self.resource.name,
            path=written.path_of(path) if written and path else path,
            implied=implied,
        )

    def has(self, key: str) -> bool:
        """Tell whether the program or AWS gave the property a value, known or not."""
        return self.unseen or self._read(key) not in (None, "", (), _Unstated.UNSTATED)

    def is_written(self, key: str) -> bool:
        """Tell whether the program itself wrote the property, whatever AWS answered."""
        return self.resource.inputs.get(key) is not None

    def recalled(self, key: str) -> Unknown | None:
        """Return why what a list holds may be gone; None when the program states the list.

        AWS's answer to a resource is as old as its last change or refresh. A list that the program leaves out
        shows what stood there then, and resources of their own that made it so may have changed since, or be
        about to. A resource that the program only reads has been read just now.
        """
        stated = self.is_written(key) or not (self.resource.registered and self.resource.inputs)
        return None if stated else self.unknown(key, Reason.RECALLED)

    def is_empty(self, key: str) -> bool:
        """Tell whether the property is there as a list of nothing, which is not the same as absent."""
        return self._read(key) == ()

    def unknown(self, key: str, reason: Reason) -> Unknown:
        """Return the property as a value that cannot be had."""
        return Unknown(urn=self.resource.urn, path=self.origin_of(key).path, reason=reason)

    def text(self, key: str) -> str | Unknown | None:
        """Return a text; None when it is absent or empty."""
        value = self._scalar(key)
        if value is None or isinstance(value, Unknown):
            return value
        return value or None if isinstance(value, str) else self.unknown(key, Reason.MALFORMED)

    def number(self, key: str) -> int | Unknown | None:
        """Return a whole number, also from a float or a text that spells one; None when it is absent."""
        value = self._scalar(key)
        if value is None or isinstance(value, Unknown):
            return value
        number = _whole_number(value)
        return self.unknown(key, Reason.MALFORMED) if number is None else number

    def flag(self, key: str) -> bool | Unknown | None:
        """Return a truth value; None when it is absent."""
        value = self._scalar(key)
        if value is None or isinstance(value, (Unknown, bool)):
            return value
        return self.unknown(key, Reason.MALFORMED)

    def stated_text(self, key: str) -> str | Unknown | None:
        """Return a text; None also when the program leaves it to the provider and nobody knows its choice."""
        return self.text(key) if self.has(key) else None

    def stated_flag(self, key: str, default: bool) -> bool | Unknown:  # noqa: FBT001 - a value, no switch
        """Return a truth value; the provider's default when the program left it out."""
        value = self.flag(key) if self.has(key) else None
        return default if value is None else value

    def stated(self, key: str) -> Value | Unknown:
        """Return a value of any type; None when it is absent or left to the provider."""
        return self._scalar(key) if self.has(key) else None

    def items(self, key: str) -> tuple[Value, ...] | Unknown:
        """Return the elements of a list, some of which may be opaque; empty when it is absent or unstated."""
        value = self._read(key)
        match value:
            case None | _Unstated.UNSTATED:
                return self.unknown(key, self.resource.unseen_because) if self.unseen else ()
            case Opaque():
                return self.unknown(key, REASONS[value])
            case tuple():
                return value
            case _:
                return self.unknown(key, Reason.MALFORMED)

    def objects(self, key: str) -> tuple["Properties | Unknown", ...] | Unknown:
        """Return the objects of a list; an element that is none is unknown by itself."""
        items = self.items(key)
        if isinstance(items, Unknown):
            return items
        return tuple(self._object(item, f"{key}[{index}]") for index, item in enumerate(items))

    def object(self, key: str) -> "Properties | Unknown | None":
        """Return an object; None when it is absent."""
        value = self._read(key)
        if value is None or value is _Unstated.UNSTATED:
            return self.unknown(key, self.resource.unseen_because) if self.unseen else None
        return self._object(value, key)

    def _object(self, value: _Read, key: str) -> "Properties | Unknown":
        if isinstance(value, Mapping):
            return Properties(resource=self.resource, path=self._path_of(key), values=value)
        if isinstance(value, Opaque):
            return self.unknown(key, REASONS[value])
        return self.unknown(key, Reason.MALFORMED)

    def _scalar(self, key: str) -> Value | Unknown:
        value = self._read(key)
        if self.unseen:
            return self.unknown(key, self.resource.unseen_because)
        if isinstance(value, Opaque):
            return self.unknown(key, REASONS[value])
        if isinstance(value, _Unstated):
            return self.unknown(key, Reason.NOT_YET)
        return value

    def _read(self, key: str) -> _Read:
        return self.values.get(key)

    def _path_of(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def properties_of(resource: Resource) -> Properties:
    """Return the properties of a resource, inputs and outputs merged."""
    unseen = not resource.inputs and not resource.outputs
    merged: dict[str, _Read] = dict(resource.inputs)
    for key, output in resource.outputs.items():
        if output is not Opaque.COMPUTED:
            merged[key] = output
        elif key not in resource.inputs:
            # Without the inputs nobody can say whether the program stated the property.
            merged[key] = _Unstated.UNSTATED if resource.registered else Opaque.COMPUTED
    return Properties(resource=resource, path="", values=merged, unseen=unseen)


def text_item(properties: Properties, key: str, index: int, item: Value) -> str | Unknown:
    """Return one element of a list of texts."""
    if isinstance(item, str):
        return item
    reason = REASONS[item] if isinstance(item, Opaque) else Reason.MALFORMED
    return properties.unknown(f"{key}[{index}]", reason)


def _whole_number(value: Value) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return int(value) if value == value // 1 else None
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            return None
    return None
