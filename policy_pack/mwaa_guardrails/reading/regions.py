"""The Region of a resource: its own, else its provider's, else the one in its ARN."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from mwaa_guardrails.reading.properties import Properties, properties_of
from mwaa_guardrails.reading.resource import Resource
from mwaa_guardrails.unknown import Unknown

_PROVIDERS: Final = frozenset({"pulumi:providers:aws", "pulumi:providers:aws-native"})
# arn:partition:service:region:account:resource
_REGION_IN_ARN: Final = 3

Regions: TypeAlias = Mapping[str, str | Unknown]


def read_regions(resources: Iterable[Resource]) -> Regions:
    """Return the Region of each provider at hand, by the provider's URN."""
    regions: dict[str, str | Unknown] = {}
    for resource in resources:
        if resource.type in _PROVIDERS:
            region = properties_of(resource).stated_text("region")
            if region is not None:
                regions[resource.urn] = region
    return regions


def region_of(properties: Properties, regions: Regions) -> str | Unknown | None:
    """Return the Region of a resource; None when nothing at hand says."""
    own = properties.stated_text("region")
    if own is not None:
        return own
    of_provider = regions.get(properties.resource.provider)
    if of_provider is not None:
        return of_provider
    arn = properties.stated_text("arn")
    parts = arn.split(":") if isinstance(arn, str) else []
    return parts[_REGION_IN_ARN] or None if len(parts) > _REGION_IN_ARN else None
