"""Every source of a security group rule can be changed: moto changes IPv4 blocks alone."""

from collections.abc import Mapping
from typing import Any

from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.responses.security_groups import SecurityGroups


def let_rule_sources_change() -> None:
    """Make moto carry out ModifySecurityGroupRules for groups, prefix lists and IPv6 blocks.

    Source: Amazon EC2 API Reference, ModifySecurityGroupRules.
    """
    modify = SecurityGroups.modify_security_group_rules

    def modify_every_source(self: SecurityGroups) -> Any:  # noqa: ANN401 - moto's own answer
        answer = modify(self)
        group = self.ec2_backend.get_security_group_by_name_or_id(self._get_param("GroupId"))
        for each in self._get_param("SecurityGroupRules", []):
            _bring(group.get_rule(each["SecurityGroupRuleId"]), each["SecurityGroupRule"])
        return answer

    SecurityGroups.modify_security_group_rules = modify_every_source  # type: ignore[method-assign] # moto has no hook for it


def _bring(rule: SecurityGroupRule, wanted: Mapping[str, Any]) -> None:
    """Bring a rule to what is wanted; beside a group or a prefix list moto knows no description."""
    if "Description" not in wanted:
        rule.ip_range.pop("Description", None)
    if wanted.get("CidrIpv6"):
        rule.ip_range["CidrIpv6"] = wanted["CidrIpv6"]
    elif wanted.get("PrefixListId"):
        rule.ip_range, rule.prefix_list_id = {}, wanted["PrefixListId"]
    elif wanted.get("ReferencedGroupId"):
        rule.ip_range, rule.source_group = {}, {**rule.source_group, "GroupId": wanted["ReferencedGroupId"]}
