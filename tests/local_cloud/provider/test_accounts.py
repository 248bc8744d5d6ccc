"""Two accounts are told apart, and a group of another one is named by account and id."""

import pytest

from tests.local_cloud.provider.client import ProviderClient, running_provider
from tests.local_cloud.provider.tokens import INGRESS_RULE, SECURITY_GROUP, VPC

CALLER = "aws:index/getCallerIdentity:getCallerIdentity"


@pytest.mark.parametrize(
    ("roles", "account"),
    [
        ([], "123456789012"),
        ([{"roleArn": "arn:aws:iam::222222222222:role/airflow"}], "222222222222"),
        (
            [
                {"roleArn": "arn:aws:iam::111111111111:role/entry"},
                {"roleArn": "arn:aws:iam::222222222222:role/airflow"},
            ],
            "222222222222",
        ),
    ],
)
def test_a_provider_is_in_the_account_of_the_role_that_it_assumes(
    roles: list[dict[str, str]], account: str
) -> None:
    """The last one, if it assumes one by another."""
    with running_provider("http://127.0.0.1:1", assumeRoles=roles) as provider:
        assert provider.invoke(CALLER)["accountId"] == account


def test_a_rule_names_a_group_of_another_account(provider: ProviderClient) -> None:
    """As the genuine provider writes it, in its outputs, too; before one's own there is no account."""
    vpc = provider.create(VPC, cidrBlock="10.0.0.0/16")
    group, other = (provider.create(SECURITY_GROUP, vpcId=vpc.id, name=name) for name in ("a", "b"))
    rule = {"securityGroupId": group.id, "ipProtocol": "-1"}
    theirs = provider.create(INGRESS_RULE, **rule, referencedSecurityGroupId=f"222222222222/{other.id}")
    assert theirs.outputs["referencedSecurityGroupId"] == f"222222222222/{other.id}"
    assert provider.read(theirs) == theirs
    ours = provider.create(INGRESS_RULE, **rule, referencedSecurityGroupId=group.id)
    assert ours.outputs["referencedSecurityGroupId"] == group.id
