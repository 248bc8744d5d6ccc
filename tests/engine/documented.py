"""What a program in another language is held against: the network of the program in Python."""

from tests.engine.picture import picture_of, without_statement_ids
from tests.engine.story import VPC, left_over
from tests.engine.test_private_network import DOCUMENTED
from tests.engine.workbench import POLICY_PACK, Workbench


def lives_as_documented(bench: Workbench) -> None:
    """Deploy a restricted private network, read it back part by part, and destroy it; the pack is silent."""
    previewed = bench.preview(policy_pack=POLICY_PACK)
    assert (previewed.code, previewed.violations) == (0, ()), previewed.output
    created = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert (created.code, created.violations) == (0, ()), created.output
    assert without_statement_ids(picture_of(bench.ec2(), VPC)) == DOCUMENTED
    assert bench.outputs()["networkConfiguration"].keys() == {"securityGroupIds", "subnetIds"}
    assert bench.destroy().code == 0
    assert left_over(bench) == []
