"""Prefix lists of the customer's own: the blocks in them, stated on the list or by resources of their own."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from mwaa_guardrails.aws.model import Inside, Unresolved
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links
from mwaa_guardrails.reading.traffic import read_cidr
from mwaa_guardrails.unknown import Reason, Unknown

LIST: Final = "aws:ec2/managedPrefixList:ManagedPrefixList"
ENTRY: Final = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"

PrefixList: TypeAlias = tuple[IntervalSet | Unknown, ...]


def read_prefix_lists(by_type: Mapping[str, tuple[Properties, ...]], links: Links) -> dict[str, PrefixList]:
    """Return the blocks of every prefix list under its URN; one that may be in another list is unknown."""
    lists: dict[str, PrefixList] = {}
    recalled: dict[str, tuple[Unknown, PrefixList]] = {}
    for properties in by_type[LIST]:
        urn, listed = properties.resource.urn, tuple(_listed(properties))
        doubt = properties.recalled("entries")
        lists[urn] = listed if doubt is None else ()
        if doubt is not None:
            recalled[urn] = (doubt, listed)
    for properties in by_type[ENTRY]:
        match links.one(properties, "prefixListId", Family.PREFIX_LIST):
            case Inside(urn) if urn in lists:
                lists[urn] += (_block(properties),)
            case Unresolved(unknown, candidates):
                for urn in candidates or tuple(lists):
                    if urn in lists:
                        lists[urn] += (unknown,)
            case _:
                pass  # an entry of a list that lies outside
    for urn, (doubt, listed) in recalled.items():
        lists[urn] += tuple(doubt for block in listed if block not in lists[urn])
    return lists


def _listed(properties: Properties) -> Iterator[IntervalSet | Unknown]:
    entries = properties.objects("entries")
    if isinstance(entries, Unknown):
        yield entries
        return
    for each in entries:
        yield each if isinstance(each, Unknown) else _block(each)


def _block(properties: Properties) -> IntervalSet | Unknown:
    return read_cidr(properties, "cidr") or properties.unknown("cidr", Reason.MALFORMED)
