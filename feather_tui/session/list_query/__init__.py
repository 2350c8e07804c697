"""The query line of the list of sessions: what it may say, what it means, how it is completed."""
