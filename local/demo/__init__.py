"""The main job, driven without a person.

Posts of the labelled corpus are written by officers, blocked, cleared or approved, returned and
left to expire, published to a real Bluesky server, read back from it byte by byte, and every leaf
of the record log is verified. Each step is told as it holds; the first that does not ends it.
"""

from local.demo.telling import demo

__all__ = ["demo"]
