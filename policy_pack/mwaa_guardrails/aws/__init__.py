"""What AWS does with a packet: the model of a network and the decisions of its filters."""
