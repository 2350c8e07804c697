"""The cache on disk: documents as the API sent them, and one summary row a known session.

Nothing in it is precious and everything in it is customer data. So every fault ends the same way:
never a wrong row, never an exception for the caller, always a plain sentence in `Store.notices`.
Standard library only; needs SQLite 3.24.
"""
