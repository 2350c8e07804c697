"""`feather-tui doctor`: one module a group of checks, each of which yields its results in order."""
