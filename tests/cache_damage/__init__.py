"""Ways in which a cache or its disk goes bad: for each a function that does it to a sound one."""
