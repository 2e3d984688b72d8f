"""`bluelamp archive`: what a person does by hand where the clock did not."""
