"""Where states lie: self-managed backends of Pulumi, folders of exports, and Pulumi Cloud."""

from urllib.parse import urlsplit

from mwaa_audit.backends.backend import Backend, Listed
from mwaa_audit.backends.cloud import SCHEMES, open_cloud
from mwaa_audit.backends.files import open_files

__all__ = ["Backend", "Listed", "open_backend", "open_files"]


def open_backend(url: str) -> Backend:
    """Return the states at a URL, as Pulumi writes it, or in a folder.

    Raises:
        AuditError: The URL is of no kind that is read here, or names no organization.
    """
    return open_cloud(url) if "://" in url and urlsplit(url).scheme in SCHEMES else open_files(url)
