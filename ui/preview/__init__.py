"""The printed pages beside the page being written: made in the background, followed and clicked."""
