"""Who may speak for the force, where, and who answers for it. Pure.

An `Account` is a registry entry; a `Person` holds `Role`s from the registry, never from a token.
"""
