"""A document as it was received, as lines that unfold."""
