"""What auditors want proved is proved: the months that are needed are verified, one after another,
and then files are made of them, or it is said that they hold.

It reads the archive and writes nothing there. It holds no platform's key, and no key that signs.
"""
