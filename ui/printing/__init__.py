"""The printed pages on a printer of this machine."""
