"""A network that stands is taken over by name and id, or keeps standing under another name."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.read_back import outputs_by_aws, told_outputs
from tests.engine.story import left_over
from tests.engine.workbench import Json, Result, Workbench, copy_of_repository
from tests.seed import some

COMPONENT: Final = "mwaa-network:index:Network"
# What `pulumi import` takes for an id where it is not the resource's own.
IMPORT_IDS: Final[Mapping[str, Callable[[Json], str]]] = {
    "aws:ec2/route:Route": lambda route: (
        f"{route['routeTableId']}_{route.get('destinationCidrBlock') or route['destinationIpv6CidrBlock']}"
    ),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": lambda tie: (
        f"{tie['subnetId']}/{tie['routeTableId']}"
    ),
    "aws:ec2/networkAclRule:NetworkAclRule": lambda entry: ":".join(
        (
            entry["networkAclId"],
            str(entry["ruleNumber"]),
            entry["protocol"],
            str(entry["egress"]).lower(),
        )
    ),
}
OLD_NAME: Final = 'Network("mwaa", settings.network)'
NEW_NAME: Final = (
    'Network("data", settings.network, pulumi.ResourceOptions(aliases=[pulumi.Alias(name="mwaa")]))'
)


@pytest.fixture(scope="module", name="bench", params=some(["public", "private"], 1, "adoption"))
def deployed_stack(
    make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Workbench:
    """A stack that is deployed."""
    bench = make_workbench(copy_of_repository(tmp_path_factory.mktemp("adoption")))
    bench.set_config(routing=request.param, ipv6=True)
    made = bench.up("--skip-preview")
    assert made.code == 0, made.output
    return bench


def test_another_name_replaces_nothing(bench: Workbench) -> None:
    """With an alias of the component alone: its parts follow, since their names begin with its name."""
    bench.replace("infra/__main__.py", OLD_NAME, NEW_NAME)
    renamed = bench.preview()
    bench.replace("infra/__main__.py", NEW_NAME, OLD_NAME)
    assert renamed.code == 0, renamed.output
    assert set(renamed.changes) == {"same", "update"}, renamed.output


def test_a_network_that_nobody_remembers_is_taken_over(bench: Workbench, tmp_path: Path) -> None:
    """Every part by its type, its name and its id; the next update makes, replaces and removes nothing."""
    before = told_outputs(bench)
    state = bench.export_stack()
    file = tmp_path / "adopt.json"
    file.write_text(json.dumps({"resources": _to_import(state["deployment"]["resources"])}))
    _forget(bench, state, tmp_path / "empty.json")
    taken = bench.pulumi(
        *("import", "--file", str(file), "--yes", "--generate-code=false", "--protect=false")
    )
    assert taken.code == 0, taken.output
    updated = bench.up("--skip-preview")
    assert updated.code == 0, updated.output
    assert set(updated.changes) - {"same", "update"} == set(), updated.output
    assert _updated(updated) <= {"SecurityGroupIngressRule", "SecurityGroupEgressRule"}
    assert told_outputs(bench) == before == outputs_by_aws(bench)
    assert bench.destroy().code == 0
    assert left_over(bench) == []


def _to_import(resources: list[Json]) -> list[Json]:
    """Return the file's rows; a row is told from others by type and name."""
    rows: list[Json] = [{"type": COMPONENT, "name": "network", "logicalName": "mwaa", "component": True}]
    for each in resources:
        if each["type"].startswith("aws:"):
            name = each["urn"].rpartition("::")[2]
            find = IMPORT_IDS.get(each["type"])
            rows.append(
                {
                    "type": each["type"],
                    "name": f"{each['type']} {name}",
                    "logicalName": name,
                    "id": find(each["outputs"]) if find else each["id"],
                    "parent": "network",
                }
            )
    return rows


def _forget(bench: Workbench, state: Json, file: Path) -> None:
    """Leave the stack without any resource; those of AWS stay."""
    file.write_text(json.dumps({**state, "deployment": {**state["deployment"], "resources": []}}))
    assert bench.pulumi("stack", "import", "--file", str(file)).code == 0


def _updated(result: Result) -> set[str]:
    steps = [event["resourcePreEvent"]["metadata"] for event in result.events if "resourcePreEvent" in event]
    return {
        step["type"].rpartition(":")[2]
        for step in steps
        if step["op"] == "update" and step["type"].startswith("aws:")
    }
