"""Network ACLs, own and default ones, their entries, and what ties them to subnets."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple
from zlib import crc32

from local_cloud.provider.aws import ACCOUNT, ec2
from local_cloud.provider.types.kind import (
    Kind,
    arn,
    change_tags,
    keep,
    refuse,
    tag_specifications,
    tags_of,
    unless_gone,
)
from local_cloud.provider.values import Props

_HIGHEST_NUMBER: Final = 32766
_PROTOCOLS: Final = {"tcp": "6", "udp": "17", "icmp": "1", "icmpv6": "58", "all": "-1"}
_WITH_PORTS: Final = frozenset({"6", "17"})
_INLINE: Final = (("ingress", False), ("egress", True))


def _create_acl(props: Props) -> str:
    made = ec2(props["region"]).create_network_acl(
        VpcId=props["vpcId"], TagSpecifications=tag_specifications("network-acl", props)
    )
    return made["NetworkAcl"]["NetworkAclId"]


def _adopt(props: Props) -> str:
    """Find the ACL that a VPC has by default."""
    id_: str = props["defaultNetworkAclId"]
    acl = _acl(props["region"], id_)
    if acl is None or not acl["IsDefault"]:
        raise refuse("InvalidNetworkAclID.NotFound", f"The default network ACL '{id_}' does not exist")
    return id_


def _strip(region: str, id_: str, entries: Iterable[Mapping[str, Any]]) -> None:
    for entry in entries:
        if entry["RuleNumber"] <= _HIGHEST_NUMBER:
            ec2(region).delete_network_acl_entry(
                NetworkAclId=id_, RuleNumber=entry["RuleNumber"], Egress=entry["Egress"]
            )


def _write(id_: str, props: Props) -> None:
    """Leave no numbered entry but the written ones, and bring the written subnets."""
    acl = _acl(props["region"], id_)
    _strip(props["region"], id_, acl["Entries"] if acl else ())
    for key, egress in _INLINE:
        _write_entries(props["region"], id_, props.get(key) or (), egress=egress)
    for subnet in props.get("subnetIds") or ():
        _associate(props["region"], id_, subnet)


def _write_entries(region: str, id_: str, entries: Iterable[Mapping[str, Any]], *, egress: bool) -> None:
    for each in entries:
        _make_entry(region, _Place(id_, egress, each["ruleNo"]), each["action"].lower(), each)


class _Place(NamedTuple):
    """Where an entry stands: its ACL, direction and number."""

    acl: str
    egress: bool
    number: int


def _make_entry(region: str, place: _Place, action: str, props: Mapping[str, Any]) -> None:
    if not 1 <= place.number <= _HIGHEST_NUMBER:
        raise refuse(
            "InvalidParameterValue",
            f"Value ({place.number}) for parameter ruleNumber is invalid. Specify a number between 1 and "
            f"{_HIGHEST_NUMBER}.",
        )
    protocol = _PROTOCOLS.get(str(props["protocol"]).lower(), str(props["protocol"]))
    request: dict[str, Any] = {
        "NetworkAclId": place.acl,
        "Egress": place.egress,
        "RuleNumber": place.number,
        "RuleAction": action,
        "Protocol": protocol,
    }
    if props.get("cidrBlock"):
        request["CidrBlock"] = props["cidrBlock"]
    if props.get("ipv6CidrBlock"):
        request["Ipv6CidrBlock"] = props["ipv6CidrBlock"]
    if protocol in _WITH_PORTS:
        request["PortRange"] = {"From": props.get("fromPort") or 0, "To": props.get("toPort") or 0}
    if protocol in ("1", "58"):
        request["IcmpTypeCode"] = {"Type": props.get("icmpType") or 0, "Code": props.get("icmpCode") or 0}
    ec2(region).create_network_acl_entry(**request)


def _acl(region: str, id_: str) -> Mapping[str, Any] | None:
    return unless_gone(lambda: ec2(region).describe_network_acls(NetworkAclIds=[id_])["NetworkAcls"][0])


def _read_acl(id_: str, state: Props) -> Props | None:
    acl = _acl(state["region"], id_)
    if acl is None:
        return None
    return {
        "arn": arn(state["region"], "network-acl", id_),
        "egress": [_inline(entry) for entry in acl["Entries"] if _is_numbered(entry, egress=True)],
        "ingress": [_inline(entry) for entry in acl["Entries"] if _is_numbered(entry, egress=False)],
        "ownerId": acl.get("OwnerId", ACCOUNT),
        "region": state["region"],
        "subnetIds": sorted(each["SubnetId"] for each in acl["Associations"]),
        "vpcId": acl["VpcId"],
        **tags_of(acl, state),
    }


def _is_numbered(entry: Mapping[str, Any], *, egress: bool) -> bool:
    return entry["Egress"] is egress and entry["RuleNumber"] <= _HIGHEST_NUMBER


def _inline(entry: Mapping[str, Any]) -> Props:
    return {
        "action": entry["RuleAction"],
        "cidrBlock": entry.get("CidrBlock", ""),
        "fromPort": entry.get("PortRange", {}).get("From", 0),
        "icmpCode": entry.get("IcmpTypeCode", {}).get("Code", 0),
        "icmpType": entry.get("IcmpTypeCode", {}).get("Type", 0),
        "ipv6CidrBlock": entry.get("Ipv6CidrBlock", ""),
        "protocol": entry["Protocol"],
        "ruleNo": entry["RuleNumber"],
        "toPort": entry.get("PortRange", {}).get("To", 0),
    }


def _update_acl(id_: str, olds: Props, news: Props) -> None:
    """Change an ACL: lists that the program writes no more stay as they are, and subnets it drops leave."""
    written = {key: news[key] for key, _ in _INLINE if news.get(key) is not None}
    _rewrite_entries(
        id_, news["region"], {key: each for key, each in written.items() if each != olds.get(key)}
    )
    if news.get("subnetIds") is not None:
        dropped = set(olds.get("subnetIds") or ()) - set(news["subnetIds"])
        for subnet in sorted(dropped):
            _send_home(news["region"], id_, subnet)
        _associate_new(id_, olds, news)
    change_tags(id_, olds, news)


def _update_default_acl(id_: str, olds: Props, news: Props) -> None:
    """Change an adopted ACL: lists that the program does not write are empty, and subnets it drops stay."""
    written = {key: news.get(key) or [] for key, _ in _INLINE}
    _rewrite_entries(
        id_, news["region"], {key: each for key, each in written.items() if each != (olds.get(key) or [])}
    )
    _associate_new(id_, olds, news)
    change_tags(id_, olds, news)


def _rewrite_entries(id_: str, region: str, written: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """Replace all entries of each direction that is given."""
    acl = _acl(region, id_)
    for key, egress in _INLINE:
        if key in written:
            entries = acl["Entries"] if acl else ()
            _strip(region, id_, [entry for entry in entries if entry["Egress"] is egress])
            _write_entries(region, id_, written[key], egress=egress)


def _associate_new(id_: str, olds: Props, news: Props) -> None:
    for subnet in sorted(set(news.get("subnetIds") or ()) - set(olds.get("subnetIds") or ())):
        _associate(news["region"], id_, subnet)


def _send_home(region: str, id_: str, subnet: str) -> None:
    """Put a subnet that still follows an ACL back on the default one."""
    _, present = _association(region, subnet)
    if present["NetworkAclId"] == id_:
        _associate(region, _default_acl(region, present["VpcId"]), subnet)


def _delete_acl(id_: str, state: Props) -> None:
    acl = _acl(state["region"], id_)
    for each in acl["Associations"] if acl else ():
        _associate(state["region"], _default_acl(state["region"], state["vpcId"]), each["SubnetId"])
    ec2(state["region"]).delete_network_acl(NetworkAclId=id_)


def _default_acl(region: str, vpc_id: str) -> str:
    found = ec2(region).describe_network_acls(
        Filters=[{"Name": "vpc-id", "Values": [vpc_id]}, {"Name": "default", "Values": ["true"]}]
    )
    return found["NetworkAcls"][0]["NetworkAclId"]


def _association(region: str, subnet: str) -> tuple[str, Mapping[str, Any]]:
    """Return a subnet's association and the ACL it leads to; every subnet has exactly one."""
    acl = ec2(region).describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [subnet]}])[
        "NetworkAcls"
    ][0]
    own = next(each for each in acl["Associations"] if each["SubnetId"] == subnet)
    return own["NetworkAclAssociationId"], acl


def _associate(region: str, acl: str, subnet: str) -> str:
    present, former = _association(region, subnet)
    wanted = _acl(region, acl)
    if wanted is None or wanted["VpcId"] != former["VpcId"]:
        raise refuse(
            "InvalidParameterValue", f"network ACL {acl} and subnet {subnet} belong to different networks"
        )
    made = ec2(region).replace_network_acl_association(AssociationId=present, NetworkAclId=acl)
    return made["NewAssociationId"]


def _create_entry(props: Props) -> str:
    number, acl = props["ruleNumber"], props["networkAclId"]
    place = _Place(acl, bool(props.get("egress")), number)
    _make_entry(props["region"], place, props["ruleAction"], props)
    return entry_id(props)


def entry_id(props: Props) -> str:
    """Return the id that the genuine provider gives an entry."""
    protocol = _PROTOCOLS.get(str(props["protocol"]).lower(), str(props["protocol"]))
    identity = f"{props['networkAclId']}-{props['ruleNumber']}-{bool(props.get('egress'))}-{protocol}-"
    return f"nacl-{crc32(identity.encode())}"


def _read_entry(_id: str, state: Props) -> Props | None:
    acl = _acl(state["region"], state["networkAclId"])
    for entry in acl["Entries"] if acl else ():
        if entry["RuleNumber"] == state["ruleNumber"] and entry["Egress"] is bool(state.get("egress")):
            inline = _inline(entry)
            ports: Props = {key: state[key] for key in ("fromPort", "toPort") if key in state}
            if entry["Protocol"] in _WITH_PORTS:
                ports = {"fromPort": inline["fromPort"], "toPort": inline["toPort"]}
            return {
                **{key: state[key] for key in ("icmpType", "icmpCode") if key in state},
                **ports,
                "cidrBlock": inline["cidrBlock"],
                "egress": entry["Egress"],
                "ipv6CidrBlock": inline["ipv6CidrBlock"],
                "networkAclId": state["networkAclId"],
                "protocol": inline["protocol"],
                "region": state["region"],
                "ruleAction": inline["action"],
                "ruleNumber": inline["ruleNo"],
            }
    return None


def _delete_entry(_id: str, state: Props) -> None:
    ec2(state["region"]).delete_network_acl_entry(
        NetworkAclId=state["networkAclId"],
        RuleNumber=state["ruleNumber"],
        Egress=bool(state.get("egress")),
    )


def _create_association(props: Props) -> str:
    return _associate(props["region"], props["networkAclId"], props["subnetId"])


def _read_association(id_: str, state: Props) -> Props | None:
    try:
        present, acl = _association(state["region"], state["subnetId"])
    except IndexError:
        return None
    if present != id_:
        return None
    return {"networkAclId": acl["NetworkAclId"], "region": state["region"], "subnetId": state["subnetId"]}


def _delete_association(id_: str, state: Props) -> None:
    if _read_association(id_, state) is not None:
        _, acl = _association(state["region"], state["subnetId"])
        _associate(state["region"], _default_acl(state["region"], acl["VpcId"]), state["subnetId"])


KINDS: Final[Mapping[str, Kind]] = {
    "aws:ec2/networkAcl:NetworkAcl": Kind(
        create=_create_acl, finish=_write, read=_read_acl, update=_update_acl, delete=_delete_acl
    ),
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": Kind(
        create=_adopt, finish=_write, read=_read_acl, update=_update_default_acl, delete=keep
    ),
    "aws:ec2/networkAclRule:NetworkAclRule": Kind(
        create=_create_entry, read=_read_entry, delete=_delete_entry
    ),
    "aws:ec2/networkAclAssociation:NetworkAclAssociation": Kind(
        create=_create_association, read=_read_association, delete=_delete_association
    ),
}
