"""A result as one page that people read in a browser, offline: everything it needs is in it."""

from mwaa_audit.reports.html.rendering import html

__all__ = ["html"]
