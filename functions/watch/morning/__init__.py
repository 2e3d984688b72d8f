"""Every morning: what is due is looked for, and everybody is told of theirs in one letter."""
