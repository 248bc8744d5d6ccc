"""Whatever one chooses, the pack finds nothing, advises nothing and asks nothing."""

import pytest

from mwaa_network import Network, NetworkArgs
from tests.infra.judged import said_of
from tests.infra.variants import every_variant, sampled_variants
from tests.policy_pack.verdicts import SILENT

SAMPLE = sampled_variants()


@pytest.mark.parametrize("args", SAMPLE.values(), ids=SAMPLE)
def test_no_choice_gives_the_pack_anything_to_say(args: NetworkArgs) -> None:
    """At a first preview, where ids are unknown, and deployed."""
    assert said_of(lambda: Network("mwaa", args)) == SILENT


def test_the_sample_is_one_of_many() -> None:
    """`make proof` tries all."""
    assert len(every_variant()) == 32
