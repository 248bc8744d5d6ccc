"""What AWS does with a packet, told by tables and checked against brute force."""
