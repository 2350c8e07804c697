"""For every rule: a session in which it fires, one in which it nearly does, and one without its evidence."""
