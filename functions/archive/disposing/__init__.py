"""Sealed months that outlived their time: destroyed when two people agreed, and never before."""
