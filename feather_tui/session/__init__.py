"""What a session is: its documents, how they are read, and the order of what happened.

Pure: standard library and pydantic only. Nothing here knows HTTP, disk or the screen.
"""
