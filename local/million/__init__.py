"""A month of a million leaves, drawn like the real ones, to measure the archive with.

words.py, posts.py, lives.py draw; lines.py puts it into the order of the log; world.py lays log and
rows on the disk; deeds.py does one thing with it in a process of its own, and says what it took.
"""
