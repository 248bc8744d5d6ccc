"""The engine's marks for values that cannot be read, the same in its messages and in its files.

Source: `sdk/go/common/resource/plugin/rpc.go`, `sdk/go/common/resource/sig/sig.go` and
`pkg/resource/stack/deployment.go` of github.com/pulumi/pulumi.
"""

from typing import Final

from mwaa_guardrails.reading.resource import Opaque

# What stands for an unknown text, and in files for any unknown value.
UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
# What stands for an unknown value: a text, a flag, a number, a list, an object, an asset, an archive.
COMPUTED: Final = frozenset(
    {
        UNKNOWN,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
# An object that holds the one under the other is an envelope around a secret.
SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the mark of a secret, not one
# What the engine shows of a secret that it may not show, or has no passphrase for.
REDACTED: Final = "[secret]"


def read_text(text: str) -> str | Opaque:
    """Return a text as it is, or what its mark says; a JSON text with a mark in it is not what it will be."""
    if text in COMPUTED or (text.startswith("{") and any(mark in text for mark in COMPUTED)):
        return Opaque.COMPUTED
    return Opaque.SECRET if text == REDACTED else text
