"""The runs: the table of all of them, what tells some apart, and the queue."""
