"""Drift: what an account shows that we did not put there. Pure."""
