"""Every sentence to users; `words` names the parts, a module a family says what is wrong with them."""

from mwaa_guardrails.messages.exemptions import (
    notice_text,
    reason_text,
    selectors,
    standing_text,
    unused_text,
)
from mwaa_guardrails.messages.pages import page_of
from mwaa_guardrails.messages.remedies import remediation_text
from mwaa_guardrails.messages.texts import failure_text, finding_text, grouped, question_text, question_texts

__all__ = [
    "failure_text",
    "finding_text",
    "grouped",
    "notice_text",
    "page_of",
    "question_text",
    "question_texts",
    "reason_text",
    "remediation_text",
    "selectors",
    "standing_text",
    "unused_text",
]
