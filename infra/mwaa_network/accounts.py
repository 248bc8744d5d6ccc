"""The accounts that providers belong to, each asked for once."""

from typing import Final

import pulumi
import pulumi_aws as aws

_OF_AWS: Final = "aws:index/getCallerIdentity:getCallerIdentity"


class Accounts:
    """Remembers the account of each provider; the default provider stands under None."""

    def __init__(self) -> None:
        """Know none yet."""
        self._known: dict[pulumi.ProviderResource | None, str] = {}

    def of(self, component: pulumi.ComponentResource) -> str:
        """Return the account in which a component makes its parts.

        Raises:
            RunError: The configuration of the provider is not known in this preview.
        """
        provider = component.get_provider(_OF_AWS)
        if provider not in self._known:
            self._known[provider] = _ask(component)
        return self._known[provider]


def _ask(parent: pulumi.ComponentResource) -> str:
    found = aws.get_caller_identity(opts=pulumi.InvokeOptions(parent=parent))
    if not found.account_id:
        raise pulumi.RunError(
            "the account cannot be looked up, because the configuration of the AWS provider is not known in "
            "this preview. Give the provider credentials that are there already."
        )
    return found.account_id
