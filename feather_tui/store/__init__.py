"""The cache on disk: documents as the API sent them, one summary row a known session, an index of the words.

Nothing in it is precious and everything in it is customer data. So every fault ends the same way:
never a wrong row, never an exception for the caller, always a plain sentence in `Store.notices`.
Standard library only; needs SQLite 3.24. The index needs FTS5 and its trigrams, which came with 3.34;
where they are not, all else works.
"""
