"""Tags of a resource, those included that its provider adds to every resource."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from mwaa_guardrails.documents.facts import ENVIRONMENT_TAG, ROUTING_TAG
from mwaa_guardrails.reading.properties import Properties, properties_of
from mwaa_guardrails.reading.resource import Resource
from mwaa_guardrails.reading.spellings import as_aws, from_json
from mwaa_guardrails.unknown import Reason, Unknown

_PROVIDER: Final = "pulumi:providers:aws"
_DEFAULT: Final = "defaultTags"
_TOGETHER: Final = "tagsAll"

DefaultTags: TypeAlias = Mapping[str, Properties | Unknown | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagKeys:
    """The keys of the tags that declare networks: for which environments, and with which routing."""

    environment: str = ENVIRONMENT_TAG
    routing: str = ROUTING_TAG


OUR_KEYS: Final = TagKeys()


def read_default_tags(resources: Iterable[Resource]) -> DefaultTags:
    """Return the tags that each provider at hand adds, by the provider's URN; None when it adds none."""
    return {each.urn: _default_tags(properties_of(each)) for each in resources if each.type == _PROVIDER}


def _default_tags(provider: Properties) -> Properties | Unknown | None:
    # What a provider is configured with reaches the engine as JSON texts.
    text = provider.text(_DEFAULT)
    if text is None or isinstance(text, Unknown):
        return text
    parsed = from_json(text)
    if not isinstance(parsed, Mapping):
        return provider.unknown(_DEFAULT, Reason.MALFORMED)
    return Properties(resource=provider.resource, path=_DEFAULT, values=parsed).object("tags")


def read_tags(resources: Iterable[Resource]) -> Callable[[str, str], str | Unknown | None]:
    """Return how to ask for the value of a tag of one of these resources, by URN and key."""
    given = tuple(map(as_aws, resources))
    defaults = read_default_tags(given)
    by_urn = {each.urn: each for each in given}

    def tag(urn: str, key: str) -> str | Unknown | None:
        resource = by_urn.get(urn)
        return None if resource is None else tag_of(properties_of(resource), key, defaults)

    return tag


def tag_of(properties: Properties, key: str, defaults: DefaultTags) -> str | Unknown | None:
    """Return the value of a tag; None when the resource surely lacks it.

    All tags together are unknown as soon as one of them is, so the program's and the provider's tell more.
    """
    together = properties.object(_TOGETHER)
    if isinstance(together, Properties):
        return together.text(key)
    own = properties.object("tags")
    value = own.text(key) if isinstance(own, Properties) else own
    if value is not None:
        return value
    default = defaults.get(properties.resource.provider, together)
    return default.text(key) if isinstance(default, Properties) else default


def untagged(resource: Resource) -> Resource:
    """Return a resource as if it surely had no tag; one that was not looked at says nothing anyway."""
    known = as_aws(resource)
    return replace(known, outputs={**known.outputs, _TOGETHER: {}}) if known.outputs else resource
