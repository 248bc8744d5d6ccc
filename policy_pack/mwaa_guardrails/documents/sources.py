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


def _vpc_guide(page: str, title: str) -> Source:
    return Source(
        title=title, url=f"https://docs.aws.amazon.com/vpc/latest/userguide/{page}.html", read="2026-09"
    )


def _privatelink_guide(page: str, title: str) -> Source:
    return Source(
        title=title, url=f"https://docs.aws.amazon.com/vpc/latest/privatelink/{page}.html", read="2026-09"
    )


def _ec2_api(name: str) -> Source:
    url = f"https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_{name}.html"
    return Source(title=name, url=url, read="2026-09")


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
PROVIDER_NETWORK_ACL = Source(
    title="aws.ec2.NetworkAcl",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/ec2/networkacl/",
    read="2026-09",
)
PROVIDER_ROUTE_TABLE = Source(
    title="aws.ec2.RouteTable",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/ec2/routetable/",
    read="2026-09",
)
VPC_SECURITY_JAPANESE = Source(
    title="Security in your VPC on Amazon MWAA, Japanese edition",
    url="https://docs.aws.amazon.com/ja_jp/mwaa/latest/userguide/vpc-security.html",
    read="2026-09",
)
TROUBLESHOOTING = _user_guide(
    "t-create-update-environment", "Troubleshooting: Creating and updating an Amazon MWAA environment"
)
FAQS = _user_guide("mwaa-faqs", "Amazon MWAA frequently asked questions")
CUSTOMER_KEYS = _user_guide("custom-keys-certs", "Using customer managed keys for encryption")
MONITORING_LOGS = _user_guide("monitoring-airflow", "Viewing Airflow logs in Amazon CloudWatch")
BUCKET = _user_guide("mwaa-s3-bucket", "Create an Amazon S3 bucket for Amazon MWAA")
SERVICE_LINKED_ROLE = _user_guide("mwaa-slr", "Amazon MWAA Service-linked role policy")
CREATE_ENVIRONMENT_GUIDE = _user_guide("create-environment", "Create an Amazon MWAA environment")
ENDPOINT_ACCESS = _user_guide(
    "vpc-vpe-access", "Managing access to service-specific Amazon VPC endpoints on Amazon MWAA"
)
MWAA_PRIVATELINK = _user_guide("security-privatelink", "AWS PrivateLink for Amazon MWAA")
CREATE_ENVIRONMENT = Source(
    title="CreateEnvironment",
    url="https://docs.aws.amazon.com/mwaa/latest/API/API_CreateEnvironment.html",
    read="2026-09",
)
UPDATE_NETWORK_CONFIGURATION = Source(
    title="UpdateNetworkConfigurationInput",
    url="https://docs.aws.amazon.com/mwaa/latest/API/API_UpdateNetworkConfigurationInput.html",
    read="2026-09",
)
CREATE_NETWORK_ACL_ENTRY = _ec2_api("CreateNetworkAclEntry")
CREATE_VPC_ENDPOINT = _ec2_api("CreateVpcEndpoint")
PATH_MTU = _vpc_guide("path_mtu_discovery", "Path MTU Discovery and network ACLs")
SECURITY_GROUP_RULES = _vpc_guide("security-group-rules", "Security group rules")
VPC_ACLS = _vpc_guide("vpc-network-acls", "Control subnet traffic with network access control lists")
ACL_RULES = _vpc_guide("nacl-rules", "Network ACL rules")
SUBNET_ROUTE_TABLES = _vpc_guide("subnet-route-tables", "Subnet route tables")
ROUTE_PRIORITY = _vpc_guide("route-tables-priority", "Route priority")
VPC_QUOTAS = _vpc_guide("amazon-vpc-limits", "Amazon VPC quotas")
PRIVATELINK_QUOTAS = _privatelink_guide("vpc-limits-endpoints", "AWS PrivateLink quotas")
NAT_GATEWAY_BASICS = _vpc_guide("nat-gateway-basics", "NAT gateway basics")
ENDPOINT_POLICIES = _privatelink_guide(
    "vpc-endpoints-access", "Control access to VPC endpoints using endpoint policies"
)
GATEWAY_ENDPOINTS = _privatelink_guide("gateway-endpoints", "Gateway endpoints")
S3_GATEWAY_ENDPOINTS = _privatelink_guide("vpc-endpoints-s3", "Gateway endpoints for Amazon S3")
CDK_VPC_ENDPOINT = Source(
    title="AWS CDK, aws-ec2/lib/vpc-endpoint.ts",
    url="https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts",
    read="2026-09",
)
REACHABILITY_ANALYZER = Source(
    title="Reachability Analyzer explanation codes",
    url="https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",
    read="2026-09",
)
