"""Each example runs on the local AWS with the pack on: nothing to find, and nothing is left of it."""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

import pytest

from local_cloud.paths import REPOSITORY
from tests.engine.conftest import MakeWorkbench
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, Result, Workbench, use_our_virtualenv
from tests.seed import some

EXAMPLES = REPOSITORY / "examples"
NAMES = sorted(each.parent.name for each in EXAMPLES.glob("*/Pulumi.yaml"))
TO_THE_END = some(NAMES, 3, "examples")


def copy_of_example(name: str, folder: Path) -> Path:
    """A copy of an example, with what it takes from the repository beside it."""
    for part in ("infra", "policy_pack"):
        (folder / part).symlink_to(REPOSITORY / part, target_is_directory=True)
    project = folder / "examples" / name
    shutil.copytree(EXAMPLES / name, project, ignore=shutil.ignore_patterns("__pycache__"))
    use_our_virtualenv(project / "Pulumi.yaml")
    return project


def make_vpc(bench: Workbench) -> None:
    """Make the VPC that an example takes as given."""
    ec2 = bench.ec2()
    vpc = ec2.create_vpc(CidrBlock="172.20.0.0/16")["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"172.20.{number}.0/24", AvailabilityZone=f"eu-west-1{zone}")[
            "Subnet"
        ]["SubnetId"]
        for number, zone in enumerate("ab")
    ]
    bench.set_config(vpcId=vpc, privateSubnetIds=subnets)


def make_log_bucket(bench: Workbench) -> None:
    """Make the bucket that an example sends logs to, which lets S3's logs of accesses in."""
    bench.s3().create_bucket(
        Bucket="central-logs-of-our-own",
        CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
        ACL="log-delivery-write",  # type: ignore[arg-type] # AWS has it, the types do not
    )


THERE_BEFORE: Final[Mapping[str, Callable[[Workbench], None]]] = {
    "existing-vpc": make_vpc,
    "hardened": make_log_bucket,
}
"""What makes that which an example needs and does not make."""


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_right_from_the_first_preview_on(
    name: str, make_workbench: MakeWorkbench, tmp_path: Path
) -> None:
    """Created, and no word from the pack; billed for what we say; some are updated once more, and removed."""
    bench = make_workbench(copy_of_example(name, tmp_path))
    if name in THERE_BEFORE:
        THERE_BEFORE[name](bench)
    there_before = left_over(bench)
    previewed = bench.preview(policy_pack=POLICY_PACK)
    assert (previewed.code, previewed.violations) == (0, ()), previewed.output
    assert billed(previewed) == said_to_be_billed(name)
    created = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert (created.code, created.violations) == (0, ()), created.output
    if name not in TO_THE_END:
        return
    repeated = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert (set(repeated.changes), repeated.violations) == ({"same"}, ()), repeated.output
    destroyed = bench.destroy()
    assert destroyed.code == 0, destroyed.output
    assert left_over(bench) == there_before


def billed(previewed: Result) -> Counter[str]:
    """What a preview tells is billed by the hour."""
    said = [event.get("diagnosticEvent", {}).get("message", "") for event in previewed.events]
    return counted(text for text in said if "billed hourly" in text)


def said_to_be_billed(name: str) -> Counter[str]:
    """What the list of examples says."""
    (row,) = re.findall(rf"^\| \[{name}\].*\| (.+) \|$", (EXAMPLES / "README.md").read_text(), re.MULTILINE)
    return counted([row])


def counted(texts: Iterable[str]) -> Counter[str]:
    """Sum up what texts count, such as `2 NAT gateways, 1 environment`."""
    found: Counter[str] = Counter()
    for number, thing in re.findall(r"(\d+) ([A-Za-z ]+)", ", ".join(texts)):
        found[re.sub("(address)es$|s$", r"\1", thing.removesuffix(" of class mw"))] += int(number)
    return +found


@pytest.mark.parametrize("name", NAMES)
def test_an_example_says_how_it_is_run(name: str) -> None:
    """Its page has a title, what is billed, a way to run it and what one may change; the list links to it."""
    page = (EXAMPLES / name / "README.md").read_text()
    headings = re.findall("^#+ (.+)$", page, re.MULTILINE)
    assert page.startswith("# ")
    assert headings[1:] == ["Run it", "Change it"]
    assert "\nBilled by the hour: " in page
    assert f"cd examples/{name}\n" in page
    assert f"]({name}/README.md)" in (EXAMPLES / "README.md").read_text()
