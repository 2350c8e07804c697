"""Output that writes only what changed: cells, pens, motion and scrolling; Textual in two modules only."""
