"""Tests of the local cloud itself: engine, workspace, local AWS and language plugin."""
