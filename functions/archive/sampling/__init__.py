"""Dip samples are drawn from a month as it was sealed, so that whoever has the month can repeat it.

`published` reads what there is to draw from, `draw_months` draws and `state_samples` says what a
month came to; people look at what was drawn in `watch.sampling` (policy G14, ADR 0037).
"""
