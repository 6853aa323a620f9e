"""Fields: one editor a kind of value, in a frame with its label and what is to say about it."""
