"""The sessions of the demo, one function each: what was said, what the tools did, how it ended.

A function has the name of its session's slug, takes the session's id, and returns what the API answers
for the two documents. Its docstring says what happened and what the first cause was.
"""
