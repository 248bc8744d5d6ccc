"""Where findings about subnets of an environment are reported, and which route tables would serve them."""

from collections.abc import Iterator

from mwaa_guardrails.aws.model import (
    Environment,
    Inside,
    NatGateway,
    NetworkModel,
    Origin,
    Reference,
    RouteTable,
    Routing,
)
from mwaa_guardrails.aws.nat_gateways import LEADING, nat_state
from mwaa_guardrails.aws.routes import (
    INTERNET_GATEWAYS,
    NAT_DEVICES,
    by_kind,
    hidden_routes,
    internet_gateway_routes,
    leads_to_the_internet,
    routes_to,
)
from mwaa_guardrails.faults import Move
from mwaa_guardrails.unknown import Unknown


def reported_on(model: NetworkModel, environment: Environment, subnet: Reference) -> Origin:
    """Return where to report on a subnet: on itself, on the environment where it lies outside."""
    return model.subnets[subnet.urn].origin if isinstance(subnet, Inside) else environment.origin


def move_of(model: NetworkModel, environment: Environment, subnet: Reference) -> Move:
    """Return how a subnet comes to follow a route table that serves its environment.

    That of its other subnet, if it does, or one that another subnet of the VPC follows; else a new one.
    """
    vpc = model.vpc_of(subnet)
    private = environment.intention is Routing.PRIVATE
    return Move(
        association=model.route_table_association_of(subnet),
        table=next(_tables(model, environment, vpc, private=private), None),
        vpc=model.vpcs[vpc.urn].origin if isinstance(vpc, Inside) else None,
        nat_gateway=None if private else next(_nat_gateways(model, vpc), None),
        holds_nat_gateway=any(
            each.subnet == subnet and each.public is True for each in model.nat_gateways.values()
        ),
    )


def _tables(
    model: NetworkModel, environment: Environment, vpc: Reference | None, *, private: bool
) -> Iterator[Origin]:
    """Yield the route tables that may serve, the environment's own first.

    What other subnets follow may be meant for no way out at all, so with public routing it must have one.
    """
    own = () if isinstance(environment.subnets, Unknown) else environment.subnets or ()
    others = (Inside(urn) for urn, each in sorted(model.subnets.items()) if each.vpc == vpc)
    # At registration a table stands under the URN of the association that names it by its id alone.
    by_id_alone = {each.origin.urn for each in model.route_table_associations}
    for subnet in (*own, *others):
        table = model.route_table_of(subnet)
        if not isinstance(table, RouteTable) or table.origin.implied or not _is_quiet(table):
            continue
        if table.origin.urn in by_id_alone:
            continue
        by_nat = leads_to_the_internet(table, by_kind(NAT_DEVICES)) is True
        if not routes_to(table, NAT_DEVICES) if private else by_nat or subnet in own:
            yield table.origin


def _is_quiet(table: RouteTable) -> bool:
    """Tell whether a table surely leads to no internet gateway."""
    return not internet_gateway_routes(table) and not hidden_routes(table, INTERNET_GATEWAYS)


def _nat_gateways(model: NetworkModel, vpc: Reference | None) -> Iterator[Origin]:
    """Yield the NAT gateways of a VPC that lead to the internet."""
    for _, gateway in sorted(model.nat_gateways.items()):
        if _vpc_of(model, gateway) == vpc and gateway.public is True and nat_state(model, gateway) in LEADING:
            yield gateway.origin


def _vpc_of(model: NetworkModel, gateway: NatGateway) -> Reference | None:
    return gateway.vpc if gateway.subnet is None else model.vpc_of(gateway.subnet)
