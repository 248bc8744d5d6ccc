"""Environments whose endpoints the customer makes, on the real engine, with either routing."""

from pathlib import Path

from local_cloud.paths import REPOSITORY
from tests.engine.conftest import MakeWorkbench
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, small_project

PROGRAM = f"""
import sys

sys.path.append({str(REPOSITORY / "infra")!r})
sys.path.append({str(REPOSITORY / "policy_pack")!r})

from mwaa_network import Ingress, Network, NetworkArgs, Routing
from mwaa_network.environment import EndpointManagement, Environment, EnvironmentArgs

CUSTOMER = EndpointManagement.CUSTOMER
public = Network("one", NetworkArgs(ingress=Ingress.RESTRICTED))
private = Network("two", NetworkArgs(routing=Routing.PRIVATE))
for network in (public, private):
    name = network.pulumi_resource_name
    Environment(name, EnvironmentArgs(network=network, endpoint_management=CUSTOMER))
"""


def test_they_are_judged_right_from_the_first_preview_to_the_end(
    make_workbench: MakeWorkbench, tmp_path: Path
) -> None:
    """The endpoints come after their environment, whose services they lead to, and go before it."""
    project = small_project(tmp_path, PROGRAM, config={"aws:region": "eu-west-1"})
    bench = make_workbench(project)
    previewed = bench.preview(policy_pack=POLICY_PACK)
    assert (previewed.code, previewed.violations) == (0, ()), previewed.output
    created = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert (created.code, created.violations) == (0, ()), created.output
    endpoints = bench.ec2().describe_vpc_endpoints()["VpcEndpoints"]
    made = [each["ServiceName"] for each in endpoints if "vpce-svc" in each["ServiceName"]]
    one, two = (bench.mwaa().get_environment(Name=name)["Environment"] for name in ("one", "two"))
    services = [one["DatabaseVpcEndpointService"]]
    services += [two["DatabaseVpcEndpointService"], two["WebserverVpcEndpointService"]]
    assert sorted(made) == sorted(services)
    assert two["Status"] == "PENDING"
    repeated = bench.up("--skip-preview", policy_pack=POLICY_PACK)
    assert (set(repeated.changes), repeated.violations) == ({"same"}, ()), repeated.output
    assert bench.destroy().code == 0
    assert left_over(bench) == []
