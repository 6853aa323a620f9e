"""The editor of prose: plain text, live figures as chips, finding and asking inside it."""
