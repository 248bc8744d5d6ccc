"""The provider as ids and outputs: the few words that life cycles and refusals need."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mypy_boto3_ec2 import EC2Client

from local_cloud.provider.values import Props
from tests.local_cloud.provider.client import Made, ProviderClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Makes, reads and removes resources through the provider."""

    client: ProviderClient

    @property
    def endpoint(self) -> str:
        """Where the simulated AWS listens."""
        return self.client.endpoint

    def create(self, token: str, **inputs: Any) -> tuple[str, Props]:  # noqa: ANN401 - inputs of any type
        """Make a resource; return its id and outputs."""
        made = self.client.create(token, **inputs)
        return made.id, made.outputs

    def read(self, token: str, id_: str, state: Props) -> Props | None:
        """Return a resource's outputs as they stand; None when it is gone."""
        read = self.client.read(Made(token=token, id=id_, inputs=state, outputs=state))
        return None if read is None else read.outputs

    def delete(self, token: str, id_: str, state: Props) -> None:
        """Remove a resource."""
        self.client.delete(Made(token=token, id=id_, inputs=state, outputs=state))

    def diff(
        self, token: str, state: Mapping[str, Any], news: Mapping[str, Any]
    ) -> tuple[set[str], set[str]]:
        """Return the changed properties and those of them that replace."""
        found = self.client.diff(self.client.remembered(token, **state), news)
        return found.changed, found.replacing

    def ec2(self) -> EC2Client:
        """Return a client that looks past the provider."""
        return self.client.ec2()
