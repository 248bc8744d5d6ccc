"""This repository's own program, broken in every way that the documents forbid, one line at a time."""
