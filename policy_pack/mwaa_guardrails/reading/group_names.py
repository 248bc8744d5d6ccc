"""Security groups that rules mean by name, as aws-native and CloudFormation let them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mwaa_guardrails.aws.model import Inside, Origin, Reference, Unresolved
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links, required
from mwaa_guardrails.unknown import Reason, Unknown

# What AWS calls the group that every VPC has.
_DEFAULT: Final = "default"
_SOURCE: Final = "sourceSecurityGroupName"
_ACCOUNT: Final = "sourceSecurityGroupOwnerId"
_OWNER: Final = "groupName"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    name: str | Unknown | None
    vpc: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNames:
    """The security groups at hand by the URN they stand under, and how ids lead to them."""

    groups: Mapping[str, _Named]
    links: Links

    def source_of(self, properties: Properties, owner: Reference | None) -> Reference | None:
        """Return the group that a rule names as its source; None when it names none.

        The group that the rule stands in tells the VPC. A group of another account may have any name.
        """
        home = self.groups[owner.urn].vpc if isinstance(owner, Inside) else None
        return self._meant(properties, _SOURCE, None if properties.has(_ACCOUNT) else home)

    def owner_of(self, properties: Properties) -> Reference | None:
        """Return the group that a rule resource names as the one it stands in; None when it names none."""
        return self._meant(properties, _OWNER, None)

    def _meant(self, properties: Properties, key: str, home: Reference | None) -> Reference | None:
        """Return the one group of a name in a VPC, or of those that the property depends on.

        Elsewhere another group may have the name as well.
        """
        name = properties.text(key)
        if not isinstance(name, str):
            return self.links.one(properties, key, Family.SECURITY_GROUP)
        depends = self.links.candidates(properties, key, Family.SECURITY_GROUP)
        same = [
            urn
            for urn, each in self.groups.items()
            if each.name == name and (urn in depends or each.vpc == home)
        ]
        if len(same) == 1:
            return Inside(same[0])
        return Unresolved(properties.unknown(key, Reason.NAMED))


def read_group_names(
    own: Iterable[Properties], adopted: Iterable[Properties], links: Links, vpcs: Iterable[Origin]
) -> GroupNames:
    """Return the names of security groups: of a program's own, of adopted ones, and of those VPCs have."""
    groups = {vpc.urn: _Named(name=_DEFAULT, vpc=Inside(vpc.urn)) for vpc in vpcs}
    for each in adopted:
        groups[links.key_of(each.resource.urn)] = _Named(name=_DEFAULT, vpc=_vpc_of(each, links))
    for each in own:
        groups[each.resource.urn] = _Named(name=each.text("name"), vpc=_vpc_of(each, links))
    return GroupNames(groups=groups, links=links)


def _vpc_of(properties: Properties, links: Links) -> Reference:
    return required(links.one(properties, "vpcId", Family.VPC), properties, "vpcId")
