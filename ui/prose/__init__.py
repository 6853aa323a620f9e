"""The editor of prose: plain text, its marks as chips, finding and asking inside it."""
