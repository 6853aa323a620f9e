"""The merge window: two versions of a plan side by side, and what is chosen between them."""
