"""The user interface: the only room that knows Textual.

State flows down by method calls and reactives, what happened flows up as messages. Widgets know rows and
pages; only screens talk to the library.
"""
