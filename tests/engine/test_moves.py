"""A network that stands on the real engine, and choices that would replace its private subnets."""

from collections.abc import Mapping
from typing import Final

import pytest

from tests.engine.conftest import MakeWorkbench
from tests.engine.read_back import outputs_by_aws, told_outputs
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, Workbench, copy_of_repository
from tests.seed import some

STACKS: Final[Mapping[str, Mapping[str, object]]] = {
    "private, with an environment": {"routing": "private", "environment": True, "ipv6": True},
    "public": {"ipv6": True},
}
OTHER_ZONES: Final = ["eu-west-1b", "eu-west-1c"]
# What is tried, and what is told of it.
REFUSED: Final[list[tuple[Mapping[str, object], str]]] = [
    (
        {"zones": OTHER_ZONES},
        '  zones: it is ["eu-west-1b", "eu-west-1c"] in place of ["euw1-az3", "euw1-az1"]',
    ),
    ({"cidrBlock": "10.193.0.0/16"}, '  cidrBlock: it is "10.193.0.0/16", which replaces'),
    (
        {"privateSubnetCidrs": ["10.192.8.0/24", "10.192.9.0/24"]},
        '  privateSubnetCidrs: it is ["10.192.8.0/24", "10.192.9.0/24"], which replaces',
    ),
    ({"ipv6": None}, "  ipv6: it is turned off, but the network stands with IPv6."),
]
CONFIRMED: Final[Mapping[str, Mapping[str, object]]] = {
    "other zones": {"zones": OTHER_ZONES},
    "another block, and no IPv6": {"cidrBlock": "10.193.0.0/16", "ipv6": None},
}


@pytest.fixture(scope="module", name="bench", params=some(STACKS, 1, "moves"))
def deployed_stack(
    make_workbench: MakeWorkbench, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Workbench:
    """A stack that is deployed."""
    bench = make_workbench(copy_of_repository(tmp_path_factory.mktemp("moves")))
    bench.set_config(**STACKS[request.param])
    made = bench.up("--skip-preview")
    assert made.code == 0, made.output
    return bench


def test_a_preview_refuses_what_would_replace_the_subnets(bench: Workbench) -> None:
    """It names them."""
    a, b = bench.outputs()["privateSubnetIds"]
    for settings, expected in some(REFUSED, 2, "refused moves"):
        bench.set_config(**settings)
        refused = bench.preview()
        bench.set_config(**{**dict.fromkeys(settings), "ipv6": True})
        assert refused.code != 0
        assert expected in refused.output
        assert ("ipv6" in settings) or f"replaces the private subnets {a} and {b}." in refused.output
        assert "Traceback" not in refused.output


def test_so_does_an_update_without_a_preview(bench: Workbench) -> None:
    """Before anything is changed."""
    before = outputs_by_aws(bench)
    bench.set_config(zones=OTHER_ZONES)
    refused = bench.up("--skip-preview")
    bench.set_config(zones=None)
    assert refused.code != 0
    assert outputs_by_aws(bench) == before
    assert set(bench.preview().changes) == {"same"}


@pytest.mark.parametrize("change", some(CONFIRMED, 1, "confirmed moves"))
def test_what_is_confirmed_is_done(bench: Workbench, change: str) -> None:
    """Once: the subnets that come have other ids, so that the next change is refused again."""
    ids = bench.outputs()["privateSubnetIds"]
    bench.set_config(**CONFIRMED[change], replacePrivateSubnets=ids)
    made = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert (made.code, made.violations) == (0, ()), made.output
    outputs = told_outputs(bench)
    assert outputs == outputs_by_aws(bench)
    assert set(outputs["privateSubnetIds"]) & set(ids) == set()
    assert set(bench.preview("--refresh").changes) == {"same"}
    bench.set_config(cidrBlock="10.194.0.0/16")
    assert bench.preview().code != 0
    bench.set_config(cidrBlock=CONFIRMED[change].get("cidrBlock"))


def test_nothing_is_left_of_either_network(bench: Workbench) -> None:
    """Nor of the one that went."""
    assert bench.destroy().code == 0
    assert left_over(bench) == []
