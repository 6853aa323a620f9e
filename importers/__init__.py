"""Files in: what others wrote, checked, read in a process of its own, handed on as plain data."""
