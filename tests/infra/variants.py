"""Every combination of the choices that shape a network."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

from mwaa_guardrails.aws.model import Routing
from mwaa_network import Egress, Ingress, Nat, NetworkAclEntries, NetworkArgs
from tests.seed import EVERY

_SHARED: Final[Mapping[str, tuple[object, ...]]] = {
    "ingress": tuple(Ingress),
    "network_acl": tuple(NetworkAclEntries),
    "s3_endpoint_buckets": (None, ("our-dags",)),
    "ipv6": (False, True),
}
_OF_ROUTING: Final[Mapping[Routing, Mapping[str, tuple[object, ...]]]] = {
    Routing.PUBLIC: {"nat": tuple(Nat)},
    Routing.PRIVATE: {"egress": tuple(Egress)},
}


def every_variant() -> dict[str, NetworkArgs]:
    """Return every valid combination, by a name that tells it."""
    return dict(_variants())


def _variants() -> Iterator[tuple[str, NetworkArgs]]:
    for routing, own in _OF_ROUTING.items():
        choices = {**_SHARED, **own}
        for values in product(*choices.values()):
            chosen = dict(zip(choices, values, strict=True))
            told = ", ".join(f"{key} {value}" for key, value in chosen.items())
            yield f"{routing}, {told}", NetworkArgs(routing=routing, **chosen)  # type: ignore[arg-type] # by name


def sampled_variants() -> dict[str, NetworkArgs]:
    """Return every pair of choices at least once; or, where all are asked for, every combination."""
    everything = every_variant()
    if EVERY:
        return everything
    missing = {pair for args in everything.values() for pair in _pairs(args)}
    sample: dict[str, NetworkArgs] = {}
    while missing:
        name = max(everything, key=lambda each: len(missing & _pairs(everything[each])))
        sample[name] = everything[name]
        missing -= _pairs(everything[name])
    return sample


def _pairs(args: NetworkArgs) -> set[frozenset[tuple[str, str]]]:
    keys = ("routing", *_SHARED, *_OF_ROUTING[Routing.PUBLIC], *_OF_ROUTING[Routing.PRIVATE])
    chosen = [(key, str(getattr(args, key))) for key in keys]
    return {frozenset((one, other)) for one in chosen for other in chosen if one != other}
