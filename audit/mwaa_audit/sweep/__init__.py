"""Every stack of an organization, read once, joined by the ids of AWS, and judged network by network."""

from mwaa_audit.sweep.index import opened
from mwaa_audit.sweep.organization import sweep
from mwaa_audit.sweep.work import Workers, processes

__all__ = ["Workers", "opened", "processes", "sweep"]
