"""From resources, as an engine or a state file gives them, to a model of the network."""
