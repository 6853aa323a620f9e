"""History on screen: the log of the open plan, what changed, and two moments compared."""
