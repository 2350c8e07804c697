"""A document as it was received: its text, and where every value stands in it."""
