"""Documents out: a plan is composed once into a tree, which Word and PDF render."""
