"""Letters to people: what they say, how they are built, and how they leave.

The story: `links` mints a secret link and its code; `send` makes a real MIME letter of one
`Event` of `letters` from its templates and hands it to the mail service, with a limit on the wait.
No letter carries a post's words or anybody's name where a locked phone would show it.
"""
