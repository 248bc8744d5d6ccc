"""The page of the network program: its configuration keys, from `Pulumi.yaml`, and its outputs."""

from typing import Final

import yaml
from pulumi import ComponentResource

from mwaa_network import Network
from mwaa_network.descriptions import attributes_of, camel_case
from mwaa_network.environment import Environment
from tools.pages.text import GENERATED, ROOT, cell, table

_WORDS: Final = {"array": "list", "boolean": "`true` or `false`", "object": "map", "string": "text"}
_WHAT_STAYS: Final = (
    "## What a change may not replace",
    "",
    "An environment cannot change its subnets. So on a network that stands a preview, and an update",
    "without one, refuses whatever would replace the private subnets: other `zones`, another `cidrBlock`,",
    "other `privateSubnetCidrs`, another `vpcId` or `privateSubnetIds`. To replace them all the same, and an",
    "environment with them, name them:",
    "",
    "```console",
    "$ pulumi config set --path 'replacePrivateSubnets[0]' subnet-0123456789abcdefa",
    "$ pulumi config set --path 'replacePrivateSubnets[1]' subnet-0123456789abcdefb",
    "```",
    "",
    "The subnets that come have other ids, so this confirms one replacement and no later one. What is",
    "there is deleted first, for two subnets of a VPC cannot share a block: nothing runs meanwhile. `ipv6`",
    "can be turned on, before there is an environment, and is not turned off as long as the VPC stands.",
    "",
    "Private subnets whose `zones` are left out stay where they are. Public ones, which a change of routing",
    "adds, would be in the first two zones that fit: where those are others, the preview asks for `zones`.",
    "",
)


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
            *_WHAT_STAYS,
            "## Outputs",
            "",
            *_outputs_table(Network),
            "",
            "None is secret, and none is null: what a network does not have is an empty list, map or text.",
            "",
            "With `environment`, and from the component `Environment` of `mwaa_network.environment`:",
            "",
            *_outputs_table(Environment),
            "",
        ]
    )


def _outputs_table(component: type[ComponentResource]) -> list[str]:
    """Return the name of each output, as the stack tells it, and what the component's docstring says."""
    described = attributes_of(component).items()
    return table(("output", "meaning"), [(f"`{camel_case(name)}`", cell(text)) for name, text in described])
