"""What went wrong in a session, found by rules on its two documents; no model is asked.

Pure: the session room and the standard library only. `README.md` lists the rules and says why some differ
from what one would first write down.
"""
