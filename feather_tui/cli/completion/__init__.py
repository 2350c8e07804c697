"""`feather-tui completion`: scripts for shells, made from the parsers."""
