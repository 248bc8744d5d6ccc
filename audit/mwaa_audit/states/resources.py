"""Resources of the engine's files."""

from collections.abc import Iterable, Mapping
from typing import Final

from mwaa_audit.errors import AuditError
from mwaa_audit.states.positions import code_positions
from mwaa_audit.states.shapes import as_object, text, texts
from mwaa_audit.states.stack import Described, Stack
from mwaa_audit.states.values import read_values
from mwaa_guardrails.reading.resource import Resource

# urn:pulumi:<stack>::<project>::<types>::<name>, where the name may hold the delimiter.
_URN: Final = "urn:pulumi:"
_DELIMITER: Final = "::"
_PARTS: Final = 4


def named_resource(given: Mapping[str, object], where: str) -> Described:
    """Return a resource of a state by its name and type alone."""
    urn = text(given.get("urn"), f"{where}.urn")
    _, _, name = _parts(urn, where)
    resource = Resource(urn=urn, type=text(given.get("type"), f"{where}.type"), name=name)
    return Described(resource=resource, external=given.get("external") is True, code=())


def read_resource(given: Mapping[str, object], where: str) -> Described:
    """Return a resource of a state, or of a step of a preview."""
    urn = text(given.get("urn"), f"{where}.urn")
    _, _, name = _parts(urn, where)
    external = given.get("external") is True
    return Described(
        resource=Resource(
            urn=urn,
            type=text(given.get("type"), f"{where}.type"),
            name=name,
            inputs=read_values(as_object(given.get("inputs") or {}, f"{where}.inputs")),
            outputs=read_values(as_object(given.get("outputs") or {}, f"{where}.outputs")),
            dependencies=texts(given.get("dependencies"), f"{where}.dependencies"),
            property_dependencies={
                key: texts(urns, f"{where}.propertyDependencies")
                for key, urns in as_object(
                    given.get("propertyDependencies") or {}, f"{where}.propertyDependencies"
                ).items()
            },
            # The engine writes a provider as its URN and its id.
            provider=text(given.get("provider"), f"{where}.provider").rpartition(_DELIMITER)[0],
        ),
        external=external,
        code=code_positions(given),
    )


def is_gone(given: Mapping[str, object]) -> bool:
    """Tell whether AWS does not have a resource any more, or is about to lose it to its replacement."""
    return given.get("delete") is True or given.get("pendingReplacement") is True


def stack_of(resources: Iterable[Described], title: str = "") -> Stack:
    """Return a stack of these resources; `organization/project/stack` tells what an empty one is called."""
    given = tuple(resources)
    if given:
        name, project, _ = _parts(given[0].resource.urn, "resources[0]")
    else:
        _, _, rest = title.partition("/")
        project, _, name = rest.rpartition("/")
    return Stack(project=project, name=name, resources=given)


def _parts(urn: str, where: str) -> tuple[str, str, str]:
    """Return the stack, the project and the logical name in a URN."""
    parts = urn.removeprefix(_URN).split(_DELIMITER, _PARTS - 1)
    if not urn.startswith(_URN) or len(parts) < _PARTS:
        raise AuditError(f"{where}.urn is not a URN")
    return parts[0], parts[1], parts[3]
