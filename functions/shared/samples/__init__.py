"""Dip samples: a few published posts of every account and month, drawn by lot and looked at (G14).

Pure: by which rule how many are drawn, how the lot falls so that nobody chooses it and everybody
can repeat it (ADR 0037), and the life of a sample until its last follow-up is done.
"""
