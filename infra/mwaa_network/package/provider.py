"""Makes the component for a program in another language; its inputs are the keys of the configuration."""

import json
import sys
from collections.abc import Mapping
from typing import Final

import pulumi
from pulumi.errors import InputPropertiesError, InputPropertyErrorDetails
from pulumi.provider import ConstructResult, Provider, main

from mwaa_network import ConfigurationError, Network, environment_on
from mwaa_network.network import TYPE
from mwaa_network.package.schema import VERSION, package_schema
from mwaa_network.problems import explained
from mwaa_network.settings import KEYS, settings_of, unknown_key
from mwaa_network.validation import name_problems

_AWS: Final = "aws"


class NetworkProvider(Provider):
    """The package's one resource, `Network`."""

    def __init__(self) -> None:
        """Describe the package."""
        super().__init__(VERSION, json.dumps(package_schema()))

    def construct(
        self,
        name: str,
        resource_type: str,
        inputs: Mapping[str, object],
        options: pulumi.ResourceOptions | None = None,
    ) -> ConstructResult:
        """Make the network, and the environment where one is wanted.

        Raises:
            InputPropertiesError: Something in the inputs is wrong; the error names all that is.
        """
        if resource_type != TYPE:
            raise InputPropertiesError(f"{resource_type} is no resource of this package; {TYPE} is.")
        try:
            return _network(name, inputs, options)
        except ConfigurationError as error:
            mistakes = [
                InputPropertyErrorDetails(property_path=each.key, reason=explained(each))
                for each in error.problems
            ]
            raise InputPropertiesError(error.summary, mistakes) from error
        except pulumi.RunError as error:
            raise InputPropertiesError(str(error)) from error


def serve() -> None:
    """Answer the engine that started this program, until it ends the program."""
    main(NetworkProvider(), sys.argv[1:])


def _network(
    name: str, inputs: Mapping[str, object], options: pulumi.ResourceOptions | None
) -> ConstructResult:
    unknown = (unknown_key(key, value) for key, value in inputs.items() if key not in KEYS)
    settings = settings_of(inputs, (*name_problems(name), *unknown), _asked_by(options))
    network = Network(name, settings.network, options)
    outputs = network.outputs()
    if settings.environment:
        outputs |= environment_on(network, parent=network)
    return ConstructResult(network.urn, outputs)


def _asked_by(options: pulumi.ResourceOptions | None) -> pulumi.InvokeOptions:
    """Return the way to the provider of AWS that the program chose for the network, if it chose one."""
    providers = options.providers if options else None
    return pulumi.InvokeOptions(provider=providers.get(_AWS) if isinstance(providers, Mapping) else None)
