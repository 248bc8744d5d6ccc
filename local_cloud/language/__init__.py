"""The language plugin for Python: runs the user's program and policy packs for an engine that brings none."""
