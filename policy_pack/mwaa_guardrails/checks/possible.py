"""The parts that an environment names, and those it may turn out to name."""

from collections.abc import Iterable, Iterator

from mwaa_guardrails.aws.model import Inside, Outside, Reference
from mwaa_guardrails.unknown import Unknown


def possibly_named(
    references: tuple[Reference, ...] | Unknown | None, urns: Iterable[str]
) -> Iterator[tuple[str, Unknown | None]]:
    """Return the URN of each part that is named, and of each that may be with the property that hides it.

    Args:
        references: What an environment names.
        urns: All parts of that kind.
    """
    every = tuple(urns)
    if isinstance(references, Unknown):
        yield from ((urn, references) for urn in every)
        return
    for each in dict.fromkeys(references or ()):
        if isinstance(each, Inside):
            yield each.urn, None
        elif not isinstance(each, Outside):
            yield from ((urn, each.unknown) for urn in each.candidates or every)
