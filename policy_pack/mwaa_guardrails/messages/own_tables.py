"""Route tables that a fix has to make: where the program cannot name the one that a subnet follows."""

from collections.abc import Iterable

from mwaa_guardrails.aws.model import Origin, Outside
from mwaa_guardrails.faults import Part
from mwaa_guardrails.messages import words


def nameless(tables: Iterable[Part]) -> Origin | None:
    """Return the main route table of a VPC whose id the program does not get, if it is among these."""
    return next((each for each in tables if isinstance(each, Origin) and words.is_nameless(each)), None)


def own_table(main: Origin, subnets: Iterable[Part], table: str = "") -> list[str]:
    """Return the lines that make a route table in place of a main one, and tie subnets to it."""
    table = table or words.own_table_of(main)
    make = f"{words.sdk(main)}.ec2"
    return [
        f'    {table} = {make}.RouteTable("{table}", vpc_id={words.identifier(main.name)}.id)',
        *(
            f'    {make}.SubnetRouteTableAssociation("{table}_{_name(each)}", subnet_id={_id(each)}, '
            f"route_table_id={table}.id)"
            for each in subnets
        ),
    ]


def _name(subnet: Part) -> str:
    return words.identifier(subnet.name) if isinstance(subnet, Origin) else "subnet"


def _id(subnet: Part) -> str:
    return words.expression(subnet) if isinstance(subnet, Outside) else words.id_of(subnet)
