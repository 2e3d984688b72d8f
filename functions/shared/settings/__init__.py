"""Reads a verb's settings from the environment; the variables themselves are the verb's."""
