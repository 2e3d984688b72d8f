"""People come in and go out: the force's own sign-in vouches for them, the registry knows them.

Holds no platform key and reads no post (ADR 0011).
"""
