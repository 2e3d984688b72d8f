"""Legal holds on sealed months: placed when two people agreed, let go when two people agreed."""
