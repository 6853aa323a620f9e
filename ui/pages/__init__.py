"""Pages: what fills the middle of the window."""
