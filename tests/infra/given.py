"""A VPC that is there before the program runs, as the look-ups of the provider tell it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Json = object
Answers = Mapping[str, Callable[[Mapping[str, Json]], dict[str, Json]]]

VPC = "vpc-0123456789abcdef0"
A, B = "subnet-0123456789abcdefa", "subnet-0123456789abcdefb"
TO_NAT = {"cidrBlock": "0.0.0.0/0", "natGatewayId": "nat-1", "gatewayId": ""}
TO_INSTANCE = {"cidrBlock": "0.0.0.0/0", "instanceId": "i-1", "networkInterfaceId": "eni-1"}
TO_INTERNET = {"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-1", "natGatewayId": ""}


@dataclass(frozen=True, kw_only=True)
class Given:
    """A VPC with two subnets.

    Attributes:
        zones: The zones of the subnets.
        tied: The subnets that are tied to a route table of their own; the others follow the main one.
        routes: The routes of every table.
        dns: Whether DNS support and DNS hostnames are on.
        blocks: The IPv4 blocks of the VPC beside its first, and the state of each.
    """

    zones: Sequence[str] = ("euw1-az1", "euw1-az2")
    tied: Sequence[str] = (A, B)
    routes: Sequence[Mapping[str, Json]] = ()
    dns: bool = True
    blocks: Mapping[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answers(self) -> Answers:
        """Return what each look-up answers."""
        return {
            "aws:ec2/getSubnets:getSubnets": self._subnets,
            "aws:ec2/getSubnet:getSubnet": lambda asked: {
                "id": asked["id"],
                "availabilityZoneId": self.zones[(A, B).index(str(asked["id"]))],
                "cidrBlock": {A: "172.20.1.0/24", B: "172.20.2.0/27"}[str(asked["id"])],
            },
            "aws:ec2/getVpc:getVpc": lambda asked: {
                "id": asked["id"],
                "cidrBlock": "172.20.0.0/16",
                "cidrBlockAssociations": [
                    {"associationId": f"vpc-cidr-assoc-of-{block}", "cidrBlock": block, "state": state}
                    for block, state in {**self.blocks, "172.20.0.0/16": "associated"}.items()
                ],
                "ipv6CidrBlock": "",
                "enableDnsSupport": True,
                "enableDnsHostnames": self.dns,
            },
            "aws:ec2/getRouteTables:getRouteTables": self._tables,
            "aws:ec2/getRouteTable:getRouteTable": lambda asked: {
                "id": asked["routeTableId"],
                "routeTableId": asked["routeTableId"],
                "routes": list(self.routes),
            },
            "aws:ec2/getPrefixList:getPrefixList": lambda asked: {"id": f"pl-of-{asked['name']}"},
        }

    def _subnets(self, asked: Mapping[str, Json]) -> dict[str, Json]:
        wanted = _filter(asked, "subnet-id")
        return {"ids": [each for each in (A, B) if each in wanted and _filter(asked, "vpc-id") == [VPC]]}

    def _tables(self, asked: Mapping[str, Json]) -> dict[str, Json]:
        if subnets := _filter(asked, "association.subnet-id"):
            return {"ids": [f"rtb-of-{each}" for each in subnets if each in self.tied]}
        return {"ids": ["rtb-main"] if _filter(asked, "association.main") == ["true"] else []}


def _filter(asked: Mapping[str, Json], name: str) -> Sequence[str]:
    filters = asked["filters"]
    assert isinstance(filters, list)
    return [value for each in filters if each["name"] == name for value in each["values"]]
