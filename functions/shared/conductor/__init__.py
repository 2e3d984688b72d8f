"""Talks to the state machines: starts them by name, once, and wakes the ones that wait."""
