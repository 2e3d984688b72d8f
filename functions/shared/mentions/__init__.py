"""What others say to an account of ours, and what becomes of it. Pure: no AWS, no clock."""
