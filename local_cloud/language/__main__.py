"""`pulumi-language-python [flags] <engine address>`: serves until the engine stops it."""

import sys

from local_cloud.language.children import leave_on_interrupt, leave_with_parent
from local_cloud.language.server import serve

if __name__ == "__main__":
    leave_on_interrupt()
    leave_with_parent()
    # Flags for logging and tracing may come first; attached to a debugger, there is no address at all.
    serve(engine_address=sys.argv[-1] if len(sys.argv) > 1 else "")
