"""What the smallest system says."""
