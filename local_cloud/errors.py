"""The one error that a user of the local cloud is meant to read."""


class LocalCloudError(Exception):
    """Something that the user can mend; its text says what is wrong and how to mend it."""
