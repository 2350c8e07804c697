"""One renderer a kind of timeline entry: entry and look in, rows out."""
