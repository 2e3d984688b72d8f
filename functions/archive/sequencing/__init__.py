"""Leaves that wait are put into the log, in one order, by one writer; others attest it."""
