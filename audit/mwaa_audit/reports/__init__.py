"""Reports for machines and for people, each made from a result alone."""

from mwaa_audit.reports.formats import FORMATS, Format
from mwaa_audit.reports.writing import STDOUT, check_targets, write_reports, write_texts

__all__ = ["FORMATS", "STDOUT", "Format", "check_targets", "write_reports", "write_texts"]
