"""A sweep of object stores, by what its extras install, against what takes their place on loopback."""
