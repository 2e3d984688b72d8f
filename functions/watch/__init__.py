"""Somebody should look: what the clock finds by looking, `stalled` work first (P3)."""
