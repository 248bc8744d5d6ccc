"""Tags of a resource, those included that its provider adds to every resource."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from mwaa_guardrails.reading.properties import Properties, properties_of
from mwaa_guardrails.reading.resource import Resource
from mwaa_guardrails.reading.spellings import from_json
from mwaa_guardrails.unknown import Reason, Unknown

_PROVIDER: Final = "pulumi:providers:aws"
_DEFAULT: Final = "defaultTags"

DefaultTags: TypeAlias = Mapping[str, Properties | Unknown | None]


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


def tag_of(properties: Properties, key: str, defaults: DefaultTags) -> str | Unknown | None:
    """Return the value of a tag; None when the resource surely lacks it.

    All tags together are unknown as soon as one of them is, so the program's and the provider's tell more.
    """
    together = properties.object("tagsAll")
    if isinstance(together, Properties):
        return together.text(key)
    own = properties.object("tags")
    value = own.text(key) if isinstance(own, Properties) else own
    if value is not None:
        return value
    default = defaults.get(properties.resource.provider, together)
    return default.text(key) if isinstance(default, Properties) else default
