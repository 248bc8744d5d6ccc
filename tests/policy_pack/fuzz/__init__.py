"""Stacks of malformed properties: no exception, no hang, no text that a program did not mean to show."""
