"""What is known of a resource that is imported: its own id, and the least by which AWS can be asked for it.

Import ids are those of the genuine provider; where they are not the resource's id, `provider.json` notes the
form.
"""

from collections.abc import Callable, Mapping
from typing import Final

from local_cloud.provider.aws import ec2
from local_cloud.provider.types.kind import refuse
from local_cloud.provider.types.network_acls import entry_id
from local_cloud.provider.types.route_tables import association_of, route_id
from local_cloud.provider.values import Props


def imported(token: str, id_: str, region: str) -> tuple[str, Props]:
    """Return the id of a resource by its import id, and a state that is enough to read it.

    Raises:
        RefusedError: There is none.
    """
    find = _FINDERS.get(token)
    own, state = find(id_, region) if find else (id_, {})
    return own, {"region": region, **state}


def _route(id_: str, _region: str) -> tuple[str, Props]:
    table, _, destination = id_.partition("_")
    key = "destinationIpv6CidrBlock" if ":" in destination else "destinationCidrBlock"
    return route_id(table, destination), {"routeTableId": table, key: destination}


def _table_association(id_: str, region: str) -> tuple[str, Props]:
    subnet, _, table = id_.partition("/")
    found = association_of({"region": region, "subnetId": subnet})
    if found is None:
        raise refuse("InvalidAssociationID.NotFound", f"The subnet '{subnet}' has no route table association")
    return found[0], {"subnetId": subnet, "routeTableId": table}


def _entry(id_: str, _region: str) -> tuple[str, Props]:
    acl, number, protocol, egress = id_.split(":")
    state: Props = {"networkAclId": acl, "ruleNumber": int(number), "egress": egress == "true"}
    return entry_id({**state, "protocol": protocol}), state


def _acl_association(id_: str, region: str) -> tuple[str, Props]:
    acls = ec2(region).describe_network_acls()["NetworkAcls"]
    for each in (association for acl in acls for association in acl["Associations"]):
        if each["NetworkAclAssociationId"] == id_:
            return id_, {"subnetId": each["SubnetId"]}
    raise refuse("InvalidAssociationID.NotFound", f"The association ID '{id_}' does not exist")


def _rule(id_: str, region: str) -> tuple[str, Props]:
    (rule,) = ec2(region).describe_security_group_rules(SecurityGroupRuleIds=[id_])["SecurityGroupRules"]
    ports = {} if rule["IpProtocol"] == "-1" else {"fromPort": rule["FromPort"], "toPort": rule["ToPort"]}
    return id_, {"securityGroupId": rule["GroupId"], **ports}


_FINDERS: Final[Mapping[str, Callable[[str, str], tuple[str, Props]]]] = {
    "aws:ec2/route:Route": _route,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": _table_association,
    "aws:ec2/networkAclRule:NetworkAclRule": _entry,
    "aws:ec2/networkAclAssociation:NetworkAclAssociation": _acl_association,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _rule,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _rule,
}
