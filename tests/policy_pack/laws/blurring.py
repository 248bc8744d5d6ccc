"""Making one property of a stack unknown, wherever it stands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from mwaa_guardrails.reading.resource import Opaque, Resource, Value

Path: TypeAlias = tuple[str | int, ...]

_TAGS: Final = "tags"
# All tags of a resource are unknown together as soon as one of them is.
_ALL_TAGS: Final = "tagsAll"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blurred:
    """A stack with one property unknown.

    Attributes:
        resources: The stack.
        resource: The resource that holds the property.
        path: The property.
    """

    resources: tuple[Resource, ...]
    resource: Resource
    path: Path


def blurred(
    resources: Sequence[Resource], choose: Callable[[Sequence[int]], int], *, tags: bool = False
) -> Blurred:
    """Make a property unknown that a program states, by a function that picks one of several numbers.

    Args:
        resources: The stack.
        choose: The function.
        tags: Whether to take a tag, or all tags of a resource; else any other property.
    """
    places = [(index, path) for index, each in enumerate(resources) for path in _paths(each, tags=tags)]
    index, path = places[choose(range(len(places)))]
    hidden = replace(
        resources[index],
        inputs=_hide(resources[index].inputs, path),
        outputs=_hide(resources[index].outputs, path),
    )
    return Blurred(
        resources=(*resources[:index], hidden, *resources[index + 1 :]), resource=resources[index], path=path
    )


def _paths(resource: Resource, *, tags: bool) -> Iterator[Path]:
    for key, value in resource.inputs.items():
        if key != _ALL_TAGS and (key == _TAGS) is tags:
            yield from ((key, *rest) for rest in _inside(value))


def _inside(value: Value) -> Iterator[Path]:
    yield ()
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from ((index, *rest) for rest in _inside(item))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from ((key, *rest) for rest in _inside(item))


def _hide(values: Mapping[str, Value], path: Path) -> Mapping[str, Value]:
    hidden = _hidden(values, path)
    assert isinstance(hidden, Mapping)
    return {**hidden, _ALL_TAGS: Opaque.COMPUTED} if path[0] == _TAGS else hidden


def _hidden(value: Value, path: Path) -> Value:
    if not path:
        return Opaque.COMPUTED
    first, *rest = path
    if isinstance(value, tuple) and isinstance(first, int):
        return (*value[:first], _hidden(value[first], tuple(rest)), *value[first + 1 :])
    assert isinstance(value, Mapping)
    assert isinstance(first, str)
    return {**value, first: _hidden(value[first], tuple(rest))}
