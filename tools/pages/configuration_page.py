"""The page of the network program: its configuration keys, from `Pulumi.yaml`, and its outputs."""

import inspect
import re
from collections.abc import Iterator
from typing import Final

import yaml
from pulumi import ComponentResource

from mwaa_network import Network
from mwaa_network.environment import Environment
from tools.pages.text import GENERATED, ROOT, cell, table

_WORDS: Final = {"array": "list", "boolean": "`true` or `false`", "object": "map", "string": "text"}
_ATTRIBUTE: Final = re.compile(r"^    (\w+): (.+?)(?=^    \w+: |\Z)", re.MULTILINE | re.DOTALL)


def configuration_page() -> str:
    """Return the page that lists keys and outputs."""
    declared = yaml.safe_load((ROOT / "Pulumi.yaml").read_text(encoding="utf-8"))["config"]
    keys = [
        (
            f"`{key}`",
            _WORDS[each["type"]],
            f"`{each['default']}`" if each["default"] else "",
            cell(each["description"]),
        )
        for key, each in declared.items()
    ]
    return "\n".join(
        [
            "# Configuration and outputs of the network program",
            "",
            GENERATED,
            "",
            "Without any key but `aws:region` it makes the recommended network with public routing. A wrong",
            "value is refused before anything is changed, with what is allowed, why, and the nearest right",
            "value. Lists are set element by element (`pulumi config set --path 'zones[0]' euw1-az1`) or",
            "written into the stack's file.",
            "",
            *table(("key", "value", "default", "meaning"), keys),
            "",
            "The component `Network` of the package `mwaa_network` takes the same choices as `NetworkArgs`,",
            "in snake case.",
            "",
            "## Outputs",
            "",
            *_outputs_table(Network),
            "",
            "None is secret, and none is null: what a network does not have is an empty list.",
            "",
            "With `environment`, and from the component `Environment` of `mwaa_network.environment`:",
            "",
            *_outputs_table(Environment),
            "",
        ]
    )


def _outputs_table(component: type[ComponentResource]) -> list[str]:
    return table(("output", "meaning"), [(f"`{name}`", cell(text)) for name, text in _outputs(component)])


def _outputs(component: type[ComponentResource]) -> Iterator[tuple[str, str]]:
    """Yield the name of each output, as the stack tells it, and what the component's docstring says."""
    _, _, attributes = inspect.cleandoc(component.__doc__ or "").partition("Attributes:\n")
    for attribute, text in _ATTRIBUTE.findall(attributes):
        first, *others = attribute.split("_")
        yield "".join([first, *(each.title() for each in others)]), " ".join(text.split())
