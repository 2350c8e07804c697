"""A session as a text to keep or hand over: plain, Markdown, JSON. Times are always UTC."""
