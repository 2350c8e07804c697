"""A page of foldable blocks that is laid out only where it is seen."""
