"""The plan itself, pure: what it contains, its answers and edits, its figures and checks."""
