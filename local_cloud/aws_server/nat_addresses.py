"""A NAT gateway that is deleted lets its address go: AWS does so in DeleteNatGateway, moto does not."""

from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend


def let_addresses_go() -> None:
    """Make moto free the Elastic IP address of a NAT gateway with it.

    Source: Amazon EC2 API Reference, DeleteNatGateway.
    """
    delete = NatGatewayBackend.delete_nat_gateway

    def delete_and_let_go(self: NatGatewayBackend, nat_gateway_id: str) -> NatGateway:
        is_new = self.nat_gateways[nat_gateway_id].state != "deleted"
        gateway: NatGateway = delete(self, nat_gateway_id)
        for each in gateway.address_set:
            if is_new and each.get("publicIp"):
                self.disassociate_address(address=each["publicIp"])  # type: ignore[attr-defined] # EC2Backend has it
        return gateway

    NatGatewayBackend.delete_nat_gateway = delete_and_let_go  # type: ignore[method-assign] # moto has no hook for it
