"""What a post is and what may follow what. Pure: no AWS, no clock, no environment.

The story: an author's `Draft` becomes a `Post` (one immutable version, known by its content
hash); it moves through `State`s until it reaches one of its named endings; each target it is
meant for gets one `Publication`. A changed word is a new version, never a changed post.
"""
