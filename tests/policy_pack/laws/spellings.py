"""Other ways to write the same network: inline, separate, older resources, halves in place of a whole."""

import ipaddress
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from tests.policy_pack.mutations.changes import Stack
from tests.policy_pack.stacks import Made, Ref, Written

ACL: Final = "aws:ec2/networkAcl:NetworkAcl"
ENTRY: Final = "aws:ec2/networkAclRule:NetworkAclRule"
INGRESS_RULE: Final = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS_RULE: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
OLDER_RULE: Final = "aws:ec2/securityGroupRule:SecurityGroupRule"
TABLE: Final = "aws:ec2/routeTable:RouteTable"
ROUTE: Final = "aws:ec2/route:Route"
_GROUPS: Final = ("aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
_DIRECTIONS: Final = {INGRESS_RULE: "ingress", EGRESS_RULE: "egress"}
_LINES: Final = ("protocol", "fromPort", "toPort", "icmpType", "icmpCode", "cidrBlock", "ipv6CidrBlock")
_DESTINATIONS: Final = {
    "destinationCidrBlock": "cidrBlock",
    "destinationIpv6CidrBlock": "ipv6CidrBlock",
    "destinationPrefixListId": "destinationPrefixListId",
}


def entries_inline(stack: Stack) -> Stack:
    """Write every entry of an ACL on the ACL."""

    def line(entry: Made) -> tuple[str, dict[str, Written]]:
        inline = {key: entry.inputs[key] for key in _LINES if key in entry.inputs}
        inline |= {"ruleNo": entry.inputs["ruleNumber"], "action": entry.inputs["ruleAction"]}
        return "egress" if entry.inputs["egress"] else "ingress", inline

    return _inline(stack, "networkAclId", {ACL}, {ENTRY}, line)


def entries_separate(stack: Stack) -> Stack:
    """Write every entry of an ACL as a resource of its own."""

    def entry(acl: Made, key: str, line: Mapping[str, Written], name: str) -> Made:
        inputs = {each: line[each] for each in _LINES if each in line}
        inputs |= {"ruleNumber": line["ruleNo"], "ruleAction": line["action"]}
        return _line(acl, ENTRY, name, {**inputs, "networkAclId": Ref(acl.key), "egress": key == "egress"})

    return _separate(stack, {ACL}, ("ingress", "egress"), entry)


def routes_inline(stack: Stack) -> Stack:
    """Write every route on its table."""

    def line(route: Made) -> tuple[str, dict[str, Written]]:
        dropped = ("routeTableId", "region")
        return "routes", {
            _DESTINATIONS.get(key, key): value for key, value in route.inputs.items() if key not in dropped
        }

    return _inline(stack, "routeTableId", {TABLE}, {ROUTE}, line)


def routes_separate(stack: Stack) -> Stack:
    """Write every route as a resource of its own."""
    separate = {inline: key for key, inline in _DESTINATIONS.items()}

    def route(table: Made, _key: str, line: Mapping[str, Written], name: str) -> Made:
        inputs = {separate.get(key, key): value for key, value in line.items()}
        return _line(table, ROUTE, name, {**inputs, "routeTableId": Ref(table.key)})

    return _separate(stack, {TABLE}, ("routes",), route)


def rules_inline(stack: Stack) -> Stack:
    """Write every rule of the newer kind on its group."""

    def line(rule: Made) -> tuple[str, dict[str, Written]]:
        return _DIRECTIONS[rule.type], {**_ports(rule), **_sources(rule)}

    return _inline(stack, "securityGroupId", set(_GROUPS), set(_DIRECTIONS), line)


def rules_older(stack: Stack) -> Stack:
    """Write every rule of the newer kind with the older resource."""
    return tuple(_older(each) if each.type in _DIRECTIONS else each for each in stack)


def _older(rule: Made) -> Made:
    sources = _sources(rule)
    groups = sources.pop("securityGroups", None)
    if isinstance(groups, list):
        sources["sourceSecurityGroupId"] = groups[0]
    inputs = {"securityGroupId": rule.inputs["securityGroupId"], "type": _DIRECTIONS[rule.type]}
    return replace(rule, type=OLDER_RULE, inputs={**inputs, **_ports(rule), **sources}, depends={})


def _ports(rule: Made) -> dict[str, Written]:
    """Return protocol and ports; without ports a rule of the newer kind for all protocols has all."""
    given = rule.inputs
    return {
        "protocol": given["ipProtocol"],
        "fromPort": given.get("fromPort", 0),
        "toPort": given.get("toPort", 0),
    }


def _sources(rule: Made) -> dict[str, Written]:
    lists = {"cidrIpv4": "cidrBlocks", "cidrIpv6": "ipv6CidrBlocks", "prefixListId": "prefixListIds"}
    for key, inline in lists.items():
        if key in rule.inputs:
            return {inline: [rule.inputs[key]]}
    group = rule.inputs["referencedSecurityGroupId"]
    return {"self": True} if group == rule.inputs["securityGroupId"] else {"securityGroups": [group]}


def renumbered(stack: Stack) -> Stack:
    """Give the entries of each ACL other numbers in the same order, with room between them."""
    numbers: dict[tuple[Written | Ref, Written], list[int]] = {}
    for each in stack:
        if each.type == ENTRY:
            numbers.setdefault(_place(each), []).append(_number(each))
    return tuple(
        replace(
            each,
            inputs={**each.inputs, "ruleNumber": 4 + 2 * sorted(numbers[_place(each)]).index(_number(each))},
        )
        if each.type == ENTRY
        else each
        for each in stack
    )


def halved(stack: Stack) -> Stack:
    """Write each line for a block of addresses as two lines, one for each half of it."""
    keys = {
        ENTRY: "cidrBlock",
        INGRESS_RULE: "cidrIpv4",
        EGRESS_RULE: "cidrIpv4",
        ROUTE: "destinationCidrBlock",
    }
    halves: list[Made] = []
    for each in renumbered(stack):
        block = each.inputs.get(keys.get(each.type, ""))
        parts = _halves(block) if isinstance(block, str) else ()
        if each.type == ROUTE and any(_rivals(stack, each, part) for part in parts):
            parts = ()
        for index, part in enumerate(parts):
            inputs = {**each.inputs, keys[each.type]: part}
            if each.type == ENTRY:
                inputs["ruleNumber"] = _number(each) + index
            halves.append(_copy(each, index, inputs))
        if not parts:
            halves.append(each)
    return tuple(halves)


def ports_split(stack: Stack) -> Stack:
    """Write each rule for a range of TCP or UDP ports as two rules."""
    split: list[Made] = []
    for each in stack:
        first, last = each.inputs.get("fromPort"), each.inputs.get("toPort")
        ranged = each.type in _DIRECTIONS and each.inputs["ipProtocol"] in ("tcp", "udp", "6", "17")
        if ranged and isinstance(first, int) and isinstance(last, int) and first < last:
            middle = (first + last) // 2
            split.append(_copy(each, 0, {**each.inputs, "toPort": middle}))
            split.append(_copy(each, 1, {**each.inputs, "fromPort": middle + 1}))
        else:
            split.append(each)
    return tuple(split)


def _halves(block: str) -> tuple[str, ...]:
    network = ipaddress.ip_network(block)
    return tuple(map(str, network.subnets())) if network.prefixlen < network.max_prefixlen else ()


def _rivals(stack: Stack, route: Made, destination: str) -> bool:
    """Tell whether another route of the table has the destination, over which the half would now win."""
    lines: list[Written] = []
    for each in stack:
        if each.type == ROUTE and each.inputs["routeTableId"] == route.inputs["routeTableId"]:
            lines.append(each.inputs.get("destinationCidrBlock"))
        if each.type == TABLE and Ref(each.key) == route.inputs["routeTableId"]:
            inline = each.inputs.get("routes", [])
            assert isinstance(inline, list)
            lines += [line.get("cidrBlock") for line in inline if isinstance(line, dict)]
    return destination in lines


def _copy(made: Made, index: int, inputs: Mapping[str, Written]) -> Made:
    if index == 0:
        return replace(made, inputs=inputs)
    return replace(made, name=f"{made.name}-{index}", label=f"{made.key}-{index}", inputs=inputs)


def _place(entry: Made) -> tuple[Written, Written]:
    return entry.inputs["networkAclId"], entry.inputs["egress"]


def _number(entry: Made) -> int:
    number = entry.inputs["ruleNumber"]
    assert isinstance(number, int)
    return number


def _inline(
    stack: Stack,
    key: str,
    owners: set[str],
    lines: set[str],
    line: Callable[[Made], tuple[str, dict[str, Written]]],
) -> Stack:
    """Write the lines of owners in this stack on them, beside what stands there already."""
    labels = {each.key for each in stack if each.type in owners}
    inputs = {each.key: dict(each.inputs) for each in stack if each.key in labels}
    kept: list[Made] = []
    for each in stack:
        owner = each.inputs.get(key)
        if each.type in lines and isinstance(owner, Ref) and owner.output == "id" and owner.name in labels:
            where, written = line(each)
            present = inputs[owner.name].get(where, [])
            assert isinstance(present, list)
            inputs[owner.name][where] = [*present, written]
        else:
            kept.append(each)
    return tuple(replace(each, inputs=inputs[each.key]) if each.key in labels else each for each in kept)


def _separate(
    stack: Stack,
    owners: set[str],
    keys: Iterable[str],
    line: Callable[[Made, str, Mapping[str, Written], str], Made],
) -> Stack:
    """Write the inline lines of owners as resources of their own."""
    made: list[Made] = []
    for each in stack:
        bare = dict(each.inputs)
        for key in keys if each.type in owners else ():
            written = bare.pop(key, [])
            assert isinstance(written, list)
            for index, one in enumerate(written):
                assert isinstance(one, dict)
                made.append(line(each, key, one, f"{each.name}-{key}-{index}"))
        made.append(replace(each, inputs=bare))
    return tuple(made)


def _line(owner: Made, type_: str, name: str, inputs: Mapping[str, Written]) -> Made:
    label = f"{type_.rpartition(':')[2]} {name}"
    return Made(type_, name, inputs, label=label, parents=owner.parents)
