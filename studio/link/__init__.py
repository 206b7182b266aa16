"""The wire: how a window and a worker process find, start and hear each other."""
