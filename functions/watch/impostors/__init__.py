"""Accounts that could be taken for ours are looked for here, and what becomes of each is followed;
so are the names that the force keeps."""
