"""What accounts show is compared with what we know, and who has to know of a drift is told."""
