"""A month of the log becomes a bag that nobody can change."""
