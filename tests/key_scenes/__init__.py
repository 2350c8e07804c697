"""Failures that are forced on the program with a key in its hands."""
