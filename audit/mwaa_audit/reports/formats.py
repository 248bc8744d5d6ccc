"""Which formats there are."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from mwaa_audit.reports.html import html
from mwaa_audit.reports.json_document import json_document
from mwaa_audit.reports.junit import junit
from mwaa_audit.reports.markdown import markdown
from mwaa_audit.reports.sarif import sarif
from mwaa_audit.result import Result


class Format(StrEnum):
    """A format, by the name of its option."""

    SARIF = "sarif"
    JUNIT = "junit"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


FORMATS: Final[Mapping[Format, Callable[[Result], str]]] = {
    Format.SARIF: sarif,
    Format.JUNIT: junit,
    Format.JSON: json_document,
    Format.MARKDOWN: markdown,
    Format.HTML: html,
}
