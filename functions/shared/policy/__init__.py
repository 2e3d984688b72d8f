"""What the force may say: `check` reads a Candidate against a Pack and returns a Verdict. Pure."""
