"""Who follows an account and whom it follows, as a review looks at it (policy F01–F05, A24, N24).

Pure: what stands out about somebody, what changed since the last look, and the life of a review.
A review is no intelligence: only what is needed to decide is kept, and not for long (B25, B31).
"""
