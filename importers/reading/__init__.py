"""From a checked package to plain data; nothing here follows a path, a link or a formula."""
