"""What is read in sealed months is handed out, so that a stranger can check it."""
