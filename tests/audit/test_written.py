"""What the audit keeps of a resource is what it read, without secrets and what no check reads."""

import json

from mwaa_audit.result import CodePosition
from mwaa_audit.states import Described
from mwaa_audit.states.resources import read_resource
from mwaa_audit.states.written import written
from mwaa_guardrails.reading.resource import Opaque, Resource
from tests.policy_pack.networks import right_private_network
from tests.policy_pack.stacks import Rendering, render

CODE = (CodePosition(file="my infra/__main__.py", line=31), CodePosition(file="infra/a.py", line=8))


def _described(resource: Resource) -> Described:
    return Described(resource=resource, external=True, code=CODE)


def test_a_resource_comes_back_as_it_was() -> None:
    """Unknown and secret values, dependencies, provider and lines of code included."""
    for rendering in Rendering:
        for resource in render(right_private_network(), rendering):
            hidden = Resource(
                urn=resource.urn,
                type=resource.type,
                name=resource.name,
                inputs={**resource.inputs, "secret": (Opaque.SECRET, {"a": Opaque.SECRET})},
                outputs=resource.outputs,
                dependencies=resource.dependencies,
                property_dependencies=resource.property_dependencies,
                provider=resource.provider,
            )
            if resource.type.startswith("pulumi:providers:"):
                continue
            kept = json.loads(json.dumps(written(_described(hidden))))
            assert read_resource(kept, "resource") == _described(hidden)


def test_credentials_and_what_no_check_reads_are_not_kept() -> None:
    """A provider may state its keys in clear, an environment its configuration."""
    provider = Resource(
        urn="urn:pulumi:dev::test::pulumi:providers:aws::default",
        type="pulumi:providers:aws",
        name="default",
        inputs={"region": "eu-west-1", "secretKey": "canary", "defaultTags": '{"tags": {}}'},
        outputs={"profile": "canary"},
    )
    environment = Resource(
        urn="urn:pulumi:dev::test::aws:mwaa/environment:Environment::etl",
        type="aws:mwaa/environment:Environment",
        name="etl",
        inputs={"airflowConfigurationOptions": {"smtp.password": "canary"}, "__defaults": ("canary",)},
    )
    kept = [json.loads(json.dumps(written(_described(each)))) for each in (provider, environment)]
    assert "canary" not in json.dumps(kept)
    assert read_resource(kept[0], "resource").resource.inputs == {
        "region": "eu-west-1",
        "secretKey": None,
        "defaultTags": '{"tags": {}}',
    }
