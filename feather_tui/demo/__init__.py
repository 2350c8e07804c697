"""The demo: one afternoon of a web shop, told in sessions and served without network, key or files.

`incident` names the sessions, `stories` tells them, `builder` writes them down as the API would, and
`transport` answers for the API.
"""
