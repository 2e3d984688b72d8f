"""What others say to our accounts is heard here, and who has to know of it is told."""
