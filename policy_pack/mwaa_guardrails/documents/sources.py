"""The pages this project reads, and when they were read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page of AWS documentation.

    Attributes:
        title: The page's title as AWS prints it.
        url: Where it stands.
        read: The month in which it was read, as `YYYY-MM`.
    """

    title: str
    url: str
    read: str


def _user_guide(page: str, title: str) -> Source:
    return Source(
        title=title, url=f"https://docs.aws.amazon.com/mwaa/latest/userguide/{page}.html", read="2026-09"
    )


VPC_SECURITY = _user_guide("vpc-security", "Security in your VPC on Amazon MWAA")
NETWORKING_ABOUT = _user_guide("networking-about", "About networking on Amazon MWAA")
VPC_CREATE = _user_guide("vpc-create", "Create the VPC network")
ENDPOINT_SERVICES = _user_guide(
    "vpc-vpe-create-access",
    "Creating the required VPC service endpoints in an Amazon VPC with private routing",
)
EXECUTION_ROLE = _user_guide("mwaa-create-role", "Amazon MWAA execution role")
NETWORK_CONFIGURATION = Source(
    title="NetworkConfiguration",
    url="https://docs.aws.amazon.com/mwaa/latest/API/API_NetworkConfiguration.html",
    read="2026-09",
)
CUSTOM_NETWORK_ACL = Source(
    title="Custom network ACLs for your VPC",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html",
    read="2026-09",
)
SUBNET_SIZING = Source(
    title="Subnet CIDR blocks",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
    read="2026-09",
)
VPC_CIDR_BLOCKS = Source(
    title="VPC CIDR blocks",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    read="2026-09",
)
CONFIGURING_NETWORKING = _user_guide("configuring-networking", "Apache Airflow access modes")
ENDPOINT_MANAGEMENT = _user_guide(
    "vpc-endpoint-management", "Managing your own Amazon VPC endpoints on Amazon MWAA"
)
CREATE_INTERFACE_ENDPOINT = Source(
    title="Create a VPC endpoint",
    url="https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
    read="2026-09",
)
PRIVATELINK_ACCESS = Source(
    title="Access AWS services through AWS PrivateLink",
    url="https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html",
    read="2026-09",
)
PROVIDER_SECURITY_GROUP = Source(
    title="aws.ec2.SecurityGroup",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/",
    read="2026-09",
)
