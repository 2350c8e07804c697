"""Many sessions at once: what each came to, what the failing ones share, since when, and how two differ."""
