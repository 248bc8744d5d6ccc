"""The component as a package of Pulumi, which programs in every language of Pulumi can use."""

from mwaa_network.package.provider import NetworkProvider, serve
from mwaa_network.package.schema import package_schema

__all__ = ["NetworkProvider", "package_schema", "serve"]
