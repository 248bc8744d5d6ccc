"""Private DNS of an endpoint can be turned on and off: AWS does so in ModifyVpcEndpoint, moto does not."""

from typing import Any

from moto.ec2.responses.vpcs import VPCs


def let_private_dns_change() -> None:
    """Make moto take `PrivateDnsEnabled` of ModifyVpcEndpoint.

    Source: Amazon EC2 API Reference, ModifyVpcEndpoint.
    """
    modify = VPCs.modify_vpc_endpoint

    def modify_with_private_dns(self: VPCs) -> Any:  # noqa: ANN401 - moto's own answer
        answer = modify(self)
        wanted = self._get_param("PrivateDnsEnabled")
        if wanted is not None:
            id_ = self._get_param("VpcEndpointId")
            (endpoint,) = self.ec2_backend.describe_vpc_endpoints(vpc_end_point_ids=[id_])
            endpoint.private_dns_enabled = str(wanted).lower() == "true"
        return answer

    VPCs.modify_vpc_endpoint = modify_with_private_dns  # type: ignore[method-assign] # moto has no hook for it
