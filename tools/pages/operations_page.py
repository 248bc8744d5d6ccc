"""The page for those who run a network: failures, changes, names, adoption. Its table is the program's."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Final

from mwaa_guardrails.aws.model import Routing
from mwaa_network import Egress, Ingress, Network, NetworkAclEntries, NetworkArgs
from tests.infra.world import World
from tools.pages.text import GENERATED, ROOT, table

_IMPORT: Final = "import id: "
_TEXT: Final = """\
## When an update fails in the middle

Run `pulumi up` again; `pulumi up --refresh` where something may have been made of which Pulumi was not
told. What is there is kept, and the rest is made: the tests let the local AWS refuse each call once, while
a stack is created, changed and destroyed.

## What a change of each key does

[changes.txt](changes.txt) lists for each key that may change on a deployed stack what is made, changed,
replaced and removed, as the engine tells it. No key replaces the private subnets, their route tables or
the security group, but for [those that say so](configuration.md#what-a-change-may-not-replace).

## Names

A part's logical name is the component's name and a label, as in the table below: `mwaa-private-a`. No
setting changes a name, so that no setting makes Pulumi take a part for another one; the table is compared
with the program. A part of a list has its element in its name (`mwaa-web-10-20-0-0-16`), so that an
element that comes or goes moves no other.

The component's own name is the one name to choose. To change it on a deployed stack, give the component an
alias; its parts follow, and what changes is the `Name` tags:

```python
Network("data", args, pulumi.ResourceOptions(aliases=[pulumi.Alias(name="mwaa")]))
```

The same holds where the network moves into a component of one's own:
`pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)`. Should a release ever rename a part or a type, it carries
the alias itself, and the changelog says so; a preview that wants to replace a private subnet without a word
there is a defect.

## Taking over a network that stands

A network of these parts that Pulumi does not know, because it was made otherwise or its state is lost, is
imported part by part, and nothing of it is replaced where its settings are the program's. Write a file with
the component and a row for each part, with type, name and id as in the table:

```json
{
  "resources": [
    {"type": "mwaa-network:index:Network", "name": "network", "logicalName": "mwaa", "component": true},
    {"type": "aws:ec2/vpc:Vpc", "name": "vpc", "logicalName": "mwaa-vpc", "id": "vpc-0123456789abcdef0",
     "parent": "network"}
  ]
}
```

```console
$ pulumi import --file adopt.json --generate-code=false --protect=false
$ pulumi preview
```

Read the preview before `pulumi up`: it should make, replace and remove nothing. For a network of other
parts use `vpcId` and `privateSubnetIds` instead, which leave it to its owner.
"""


def operations_page() -> str:
    """Return the page."""
    rows: dict[tuple[str, str], list[str]] = {}
    for routing in Routing:
        for key in _parts(routing):
            rows.setdefault(key, []).append(routing.value)
    ids = _import_ids()
    return "\n".join(
        [
            "# Running a network",
            "",
            GENERATED,
            "",
            *_TEXT.splitlines(),
            "",
            *table(
                ("type", "name", "routing", "id"),
                [
                    (f"`{kind}`", f"`{name}`", " and ".join(each), ids.get(kind, "its own"))
                    for (kind, name), each in sorted(rows.items())
                ],
            ),
            "",
        ]
    )


def _parts(routing: Routing) -> list[tuple[str, str]]:
    """Return type and name of each part of AWS that a network can have."""
    narrow = NetworkArgs(
        routing=routing,
        ingress=Ingress.RESTRICTED,
        egress=Egress.NARROW if routing is Routing.PRIVATE else Egress.ALL,
        network_acl=NetworkAclEntries.RESTRICTED,
        webserver_clients=("10.20.0.0/16",),
        extra_endpoints=("sts",),
    )
    wide = NetworkArgs(routing=routing, ipv6=True, flow_log_bucket_arn="arn:aws:s3:::logs")
    found: dict[tuple[str, str], None] = {}
    for args in (wide, narrow):
        world = World()
        world.run(partial(Network, "mwaa", args))
        found |= {(each.type, each.name): None for each in world.resources if each.type.startswith("aws:")}
    return [*found]


def _import_ids() -> Mapping[str, str]:
    """Return the form of each type's import id that is not the resource's own."""
    types = json.loads((ROOT / "local_cloud" / "provider.json").read_text(encoding="utf-8"))
    return {
        kind: f"`{note.removeprefix(_IMPORT)}`"
        for kind, told in types.items()
        for note in told["notes"]
        if note.startswith(_IMPORT)
    }
