"""The one error that a user is meant to read."""


class AuditError(Exception):
    """Something that the user can mend; its text says what is wrong, and quotes no content of a state."""
