"""Fields: one editor a kind of value, each in a frame with its label and what is to say about it."""
