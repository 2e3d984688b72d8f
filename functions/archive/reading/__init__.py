"""Sealed months, read by somebody who believes nothing."""
