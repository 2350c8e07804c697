"""How the program ends, or stops for a while: in time, with the right exit status, the terminal as it was."""
