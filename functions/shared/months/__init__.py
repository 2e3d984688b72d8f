"""A month of the record log as it is sealed: its lines, its slice of the log, its bag, its note."""
