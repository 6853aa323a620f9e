"""What stands inside a line of prose beside its letters: live figures, references, footnotes."""
