"""From a page's values to its text.

Every value that is put in passes the same gate: what no terminal should be sent is written as an escape, and
then no character is left to mean markup. The page may load nothing, and run nothing but its one script, whose
hash stands in its security policy.
"""

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from mwaa_audit.reports.html.page import page_of
from mwaa_audit.result import Result
from mwaa_guardrails.messages.words import printable

_PARTS: Final = "parts"


def html(result: Result) -> str:
    """Return a result as one self-contained HTML page."""
    style, script = _text("style.css"), _text("script.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    template = _templates().get_template("page.html")
    text = template.render(page=page_of(result), policy=policy, style=style, script=script)
    return f"{text}\n"


@cache
def _templates() -> Environment:
    package = __name__.rpartition(".")[0]
    return Environment(
        loader=PackageLoader(package, _PARTS),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finalized(value: object) -> object:
    """Return what is put into the page for a value."""
    is_markup = hasattr(value, "__html__")
    return printable(value) if isinstance(value, str) and not is_markup else value


def _text(name: str) -> str:
    package = resources.files(__package__ or "")
    # The hash is of what stands between the tags, to the letter.
    return f"\n{(package / _PARTS / name).read_text(encoding='utf-8')}"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
