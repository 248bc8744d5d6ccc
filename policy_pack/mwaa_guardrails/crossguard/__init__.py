"""The edge to CrossGuard: what the engine sends becomes resources, an evaluation becomes reports.

The only package that imports Pulumi.
"""

from mwaa_guardrails.crossguard.server import serve

__all__ = ["serve"]
