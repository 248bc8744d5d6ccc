"""The package's schema, read off the component: what Pulumi makes the libraries of other languages from."""

from dataclasses import fields
from inspect import get_annotations
from typing import Final

import pulumi

from mwaa_network import Network, NetworkArgs
from mwaa_network.arguments import ATTRIBUTE_OF_KEY
from mwaa_network.descriptions import attributes_of, camel_case, description_of
from mwaa_network.environment import Environment
from mwaa_network.network import TYPE
from mwaa_network.package.types import Json, declaration_of, declared_in, property_of
from mwaa_network.settings import KEYS, Settings

PACKAGE: Final = TYPE.partition(":")[0]
VERSION: Final = "0.0.0"
"""What Pulumi gives a package that is taken as source; it puts the tag or the commit in its place."""

_LANGUAGES: Final = ("csharp", "go", "java", "nodejs", "python")


def package_schema() -> Json:
    """Return the schema: one resource, with an input for each key of the configuration."""
    inputs = {key: _input(key) for key in KEYS}
    outputs = {**_outputs(Network), **_outputs(Environment)}
    hints = (
        *get_annotations(NetworkArgs).values(),
        *get_annotations(Network).values(),
    )
    declared = {each.__name__: each for hint in hints for each in declared_in(hint)}
    return {
        "name": PACKAGE,
        "displayName": "MWAA network",
        "version": VERSION,
        "description": description_of(Network),
        "resources": {
            TYPE: {
                "isComponent": True,
                "description": description_of(Network),
                "inputProperties": inputs,
                "properties": outputs,
                "required": list(_outputs(Network)),
            }
        },
        "types": {
            f"{PACKAGE}:index:{name}": declaration_of(each, PACKAGE) for name, each in declared.items()
        },
        "language": {each: {"respectSchemaVersion": True} for each in _LANGUAGES},
    }


def _input(key: str) -> Json:
    """Return the input that a key of the configuration is."""
    holder = NetworkArgs if key in ATTRIBUTE_OF_KEY else Settings
    attribute = ATTRIBUTE_OF_KEY.get(key, key)
    return {
        **property_of(get_annotations(holder)[attribute], PACKAGE, plain=True),
        **_default(holder, attribute),
        "description": attributes_of(holder)[attribute],
    }


def _default(holder: type[NetworkArgs | Settings], attribute: str) -> Json:
    (field,) = (each for each in fields(holder) if each.name == attribute)
    return {"default": field.default} if isinstance(field.default, str | bool) else {}


def _outputs(component: type[pulumi.ComponentResource]) -> Json:
    described = attributes_of(component)
    return {
        camel_case(name): {**property_of(hint, PACKAGE, plain=False), "description": described[name]}
        for name, hint in get_annotations(component).items()
    }
