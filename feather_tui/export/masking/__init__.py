"""Personal data in what is handed over: found by form or by the key above it, and replaced by a stand-in."""
