"""Small changes to a stack: what a line less, a line more or another value in a program makes of it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, TypeAlias

from mwaa_guardrails.documents.facts import ENVIRONMENT_TAG, ROUTING_TAG
from tests.policy_pack.mutations.program import ENVIRONMENT, PARENTS
from tests.policy_pack.stacks import Made, Written, names_in, ref

Stack: TypeAlias = tuple[Made, ...]
Change: TypeAlias = Callable[[Stack], Stack]

_TAGGED: Final = ("Subnet", "SecurityGroup")
_DECLARED_NAME: Final = "mwaa"


def all_of(*changes: Change) -> Change:
    """Make changes one after another."""

    def change(stack: Stack) -> Stack:
        for each in changes:
            stack = each(stack)
        return stack

    return change


def new(type_: str, name: str, /, **inputs: Written) -> Made:
    """Return one more resource of the component, of a type of pulumi-aws, labelled by its type and name."""
    label = f"{type_.rpartition(':')[2]} {name}"
    return Made(f"aws:{type_}", name, inputs, label=label, parents=PARENTS)


def add(*resources: Made) -> Change:
    """Add resources."""
    return lambda stack: (*stack, *resources)


def drop(*labels: str) -> Change:
    """Leave resources out, which nothing else may name."""

    def change(stack: Stack) -> Stack:
        for label in labels:
            _one(stack, label)
        return tuple(each for each in stack if each.key not in labels)

    return change


def put(label: str, /, **inputs: Written) -> Change:
    """Give properties of a resource other values."""
    return _replaced(label, lambda each: _with(each, {**each.inputs, **inputs}, inputs))


def take(label: str, *keys: str) -> Change:
    """Leave properties of a resource out, which it must have."""

    def taken(made: Made) -> Made:
        missing = [key for key in keys if key not in made.inputs]
        if missing:
            raise KeyError(*missing)
        return _with(made, {key: value for key, value in made.inputs.items() if key not in keys}, keys)

    return _replaced(label, taken)


def turn(label: str, old: str, /, **new_inputs: Written) -> Change:
    """Give a resource properties in place of one that it has, such as another target of a route."""
    return all_of(take(label, old), put(label, **new_inputs))


def tag(label: str, **tags: str | None) -> Change:
    """Change tags of a resource, `environment` and `routing`; None leaves one out."""
    names = {"environment": ENVIRONMENT_TAG, "routing": ROUTING_TAG}
    changes = {names[key]: value for key, value in tags.items()}

    def tagged(made: Made) -> Made:
        old = made.inputs["tags"]
        assert isinstance(old, dict)
        merged: dict[str, Written] = {**old, **changes}
        kept: dict[str, Written] = {key: value for key, value in merged.items() if value is not None}
        return replace(made, inputs={**made.inputs, "tags": kept, "tagsAll": kept})

    return _replaced(label, tagged)


def members(*, subnets: Iterable[str] = (), groups: Iterable[str] = ()) -> Change:
    """Make these the subnets, or the groups, of the environment: by tags, and where it is in the stack."""
    given = {"Subnet": tuple(subnets), "SecurityGroup": tuple(groups)}
    lists = {"subnetIds": given["Subnet"], "securityGroupIds": given["SecurityGroup"]}

    def change(stack: Stack) -> Stack:
        for each in stack:
            kind = each.key.partition(" ")[0]
            if kind in _TAGGED and given[kind]:
                name = _DECLARED_NAME if each.key in given[kind] else None
                stack = tag(each.key, environment=name)(stack)
        if all(each.key != ENVIRONMENT for each in stack):
            return stack
        named = names_in(_one(stack, ENVIRONMENT).inputs["networkConfiguration"])
        kinds = dict(zip(lists, _TAGGED, strict=True))
        network: dict[str, Written] = {
            key: [ref(label) for label in labels or (n for n in named if n.startswith(f"{kinds[key]} "))]
            for key, labels in lists.items()
        }
        return put(ENVIRONMENT, networkConfiguration=network)(stack)

    return change


def _one(stack: Stack, label: str) -> Made:
    (found,) = [each for each in stack if each.key == label]
    return found


def _replaced(label: str, change: Callable[[Made], Made]) -> Change:
    def changed(stack: Stack) -> Stack:
        _one(stack, label)
        return tuple(change(each) if each.key == label else each for each in stack)

    return changed


def _with(made: Made, inputs: dict[str, Written], changed: Iterable[str]) -> Made:
    depends = {key: labels for key, labels in made.depends.items() if key not in set(changed)}
    return replace(made, inputs=inputs, depends=depends)
