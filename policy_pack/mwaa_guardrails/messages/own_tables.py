"""Route tables in fixes: another one for a subnet, made where no table at hand serves or can be named."""

from collections.abc import Iterable, Iterator

from mwaa_guardrails.aws.model import Origin, Outside
from mwaa_guardrails.documents.facts import ANY_IPV4
from mwaa_guardrails.faults import Move, Part
from mwaa_guardrails.findings import Finding
from mwaa_guardrails.messages import words


def nameless(tables: Iterable[Part]) -> Origin | None:
    """Return the main route table of a VPC whose id the program does not get, if it is among these."""
    return next((each for each in tables if isinstance(each, Origin) and words.is_nameless(each)), None)


def own_table(main: Origin, subnets: Iterable[Part], table: str = "") -> list[str]:
    """Return the lines that make a route table in place of a main one, and tie subnets to it."""
    table, make = table or words.own_table_of(main), f"{words.sdk(main)}.ec2"
    return [
        f'    {table} = {make}.RouteTable("{table}", vpc_id={words.identifier(main.name)}.id)',
        *(_tie(main, f"{table}_{_name(each)}", _id(each), f"{table}.id") for each in subnets),
    ]


def moved(finding: Finding, move: Move) -> Iterator[str]:
    """Yield the lines that tie a subnet to another route table; a new one where none at hand serves."""
    subject = finding.subject
    if move.table is None:
        name, make = f"{words.identifier(subject.name)}_private", f"{words.sdk(subject)}.ec2"
        id_, vpc = f"{name}.id", "vpc.id" if move.vpc is None else words.id_of(move.vpc)
        yield f'    {name} = {make}.RouteTable("{name}", vpc_id={vpc})'
        if move.nat_gateway is not None:
            yield (
                f'    {make}.Route("{name}_nat", route_table_id={id_}, '
                f'destination_cidr_block="{ANY_IPV4}", nat_gateway_id={words.id_of(move.nat_gateway)})'
            )
    else:
        id_ = words.id_of(move.table)
    if move.association is not None:
        yield f"    {words.setting(move.association, route_table_id=id_)}"
    else:
        yield _tie(subject, f"{words.identifier(subject.name)}_private_table", words.id_of(subject), id_)


def _tie(beside: Origin, name: str, subnet: str, table: str) -> str:
    """Return the line that ties a subnet to a route table, by the package that makes a part beside it."""
    type_ = "SubnetRouteTableAssociation" if words.is_native(beside) else "RouteTableAssociation"
    return f'    {words.sdk(beside)}.ec2.{type_}("{name}", subnet_id={subnet}, route_table_id={table})'


def _name(subnet: Part) -> str:
    return words.identifier(subnet.name) if isinstance(subnet, Origin) else "subnet"


def _id(subnet: Part) -> str:
    return words.expression(subnet) if isinstance(subnet, Outside) else words.id_of(subnet)
