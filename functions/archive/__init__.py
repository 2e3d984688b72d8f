"""What happened is kept: the leaves that wait are given their place in the record log, for good."""
