"""Serves moto's AWS on a loopback port until it is told to stop.

    python -m local_cloud.aws_server --port 0 --instance ID

The first line of output is `{"port": N, "instance": "ID"}`. It is a simulation: everything is in memory.
"""

import argparse
import json
import logging
import os
import signal
import sys
from collections.abc import Iterable
from types import FrameType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST: Final = "127.0.0.1"
HEALTH: Final = "/_local_cloud/health"


def main() -> None:
    """Serve until a signal ends the process."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    parser = argparse.ArgumentParser(description="The simulated AWS of the local cloud.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--instance", required=True)
    arguments = parser.parse_args()

    from moto.moto_server.werkzeug_app import (  # noqa: PLC0415 - slow to import
        DomainDispatcherApplication,
        create_backend_app,
    )
    from werkzeug.serving import make_server  # noqa: PLC0415 - likewise

    from local_cloud.aws_server.mwaa import with_mwaa  # noqa: PLC0415 - it imports werkzeug
    from local_cloud.aws_server.nat_addresses import let_addresses_go  # noqa: PLC0415 - it imports moto
    from local_cloud.aws_server.private_dns import let_private_dns_change  # noqa: PLC0415 - it imports moto
    from local_cloud.aws_server.refusals import with_refusals  # noqa: PLC0415 - likewise
    from local_cloud.aws_server.rule_changes import let_rule_sources_change  # noqa: PLC0415 - likewise

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    let_addresses_go()
    let_private_dns_change()
    let_rule_sources_change()
    services = with_refusals(with_mwaa(DomainDispatcherApplication(create_backend_app)))
    application = with_health(services, arguments.instance)
    server = make_server(HOST, arguments.port, application, threaded=True)
    sys.stdout.write(json.dumps({"port": server.server_port, "instance": arguments.instance}) + "\n")
    sys.stdout.flush()
    server.serve_forever()


def with_health(application: "WSGIApplication", instance: str) -> "WSGIApplication":
    """Return an application that also says which instance it is."""

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") != HEALTH:
            return application(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"instance": instance}).encode()]

    return serve


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(0)


if __name__ == "__main__":
    main()
