"""The calls of the engine to a language plugin, as far as running programs and policy packs needs them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from typing import Final

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import language_pb2_grpc
from pulumi.runtime.proto.language_pb2 import (
    AboutRequest,
    AboutResponse,
    GetProgramDependenciesRequest,
    GetProgramDependenciesResponse,
    GetRequiredPackagesRequest,
    GetRequiredPackagesResponse,
    InstallDependenciesRequest,
    InstallDependenciesResponse,
    LanguageHandshakeRequest,
    LanguageHandshakeResponse,
    RunPluginRequest,
    RunPluginResponse,
    RunRequest,
    RunResponse,
)
from pulumi.runtime.proto.plugin_pb2 import PluginInfo

from local_cloud.language.component_plugin import run_component_plugin
from local_cloud.language.dependencies import install_dependencies
from local_cloud.language.pack_proxy import WITHOUT_LIMIT
from local_cloud.language.packages import installed_packages, python_version, required_packages
from local_cloud.language.policy_pack import run_policy_pack
from local_cloud.language.program import run_program
from local_cloud.language.virtualenv import UnusableRuntimeError, interpreter

THREADS = 32
"""A program, each policy pack and each plugin hold a thread for as long as they run."""

_PLUGINS: Final = {"analyzer": run_policy_pack, "resource": run_component_plugin}


def serve(engine_address: str) -> None:
    """Listen on a free loopback port, print it for the engine, and serve until this process is ended."""
    server = grpc.server(ThreadPoolExecutor(THREADS), options=WITHOUT_LIMIT)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(LanguageRuntime(engine_address), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)  # noqa: T201 - the protocol
    server.wait_for_termination()


class LanguageRuntime(language_pb2_grpc.LanguageRuntimeServicer):
    """Answers the engine; a call that is not here is one that only the official plugin serves."""

    def __init__(self, engine_address: str) -> None:
        """Keep where the engine listens; empty until the handshake when it has been started apart."""
        self._engine_address = engine_address

    def Handshake(  # noqa: N802 - the protocol's name
        self, request: LanguageHandshakeRequest, context: grpc.ServicerContext
    ) -> LanguageHandshakeResponse:
        """Learn where the engine listens."""
        del context
        self._engine_address = request.engine_address
        return LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Empty, context: grpc.ServicerContext) -> PluginInfo:  # noqa: N802 - likewise
        """Say which plugin this is: as old as the SDK it speaks with."""
        del request, context
        return PluginInfo(version=version("pulumi"))

    def GetRequiredPackages(  # noqa: N802 - likewise
        self, request: GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> GetRequiredPackagesResponse:
        """Say which provider plugins the program needs."""
        with _refusing(context):
            return GetRequiredPackagesResponse(packages=required_packages(interpreter(request.info)))

    def InstallDependencies(  # noqa: N802 - likewise
        self, request: InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[InstallDependenciesResponse]:
        """Install what a program or a plugin requires, for `pulumi new`, `install` and `package add`."""
        with _refusing(context):
            for told in install_dependencies(request.info, is_plugin=request.is_plugin):
                yield InstallDependenciesResponse(stdout=told)

    def Run(self, request: RunRequest, context: grpc.ServicerContext) -> RunResponse:  # noqa: N802 - likewise
        """Run the program to its end."""
        with _refusing(context):
            return run_program(request, self._engine_address)

    def RunPlugin(  # noqa: N802 - likewise
        self, request: RunPluginRequest, context: grpc.ServicerContext
    ) -> Iterator[RunPluginResponse]:
        """Run a policy pack, or a plugin of components, until the engine ends it."""
        if request.kind not in _PLUGINS:
            context.abort(
                grpc.StatusCode.UNIMPLEMENTED,
                "the local language plugin runs programs, policy packs and components, "
                f"none of kind {request.kind!r}",
            )
        with _refusing(context):
            yield from _PLUGINS[request.kind](request, context)

    def About(self, request: AboutRequest, context: grpc.ServicerContext) -> AboutResponse:  # noqa: N802 - likewise
        """Say which Python runs the program, for `pulumi about`."""
        with _refusing(context):
            python = interpreter(request.info)
            return AboutResponse(
                executable=python.python, version=python_version(python), metadata={"toolchain": "Pip"}
            )

    def GetProgramDependencies(  # noqa: N802 - likewise
        self, request: GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> GetProgramDependenciesResponse:
        """Say what is installed where the program runs, for `pulumi about`."""
        with _refusing(context):
            packages = installed_packages(
                interpreter(request.info), transitive=request.transitiveDependencies
            )
            return GetProgramDependenciesResponse(dependencies=packages)

    def Cancel(self, request: Empty, context: grpc.ServicerContext) -> Empty:  # noqa: N802 - likewise
        """Do nothing: the engine interrupts this process and the program right after."""
        del request, context
        return Empty()


@contextmanager
def _refusing(context: grpc.ServicerContext) -> Iterator[None]:
    """Tell the engine what cannot be served in the words of the refusal."""
    try:
        yield
    except UnusableRuntimeError as error:
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
