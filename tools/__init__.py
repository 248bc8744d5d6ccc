"""Tools of this repository: commands for maintainers."""
