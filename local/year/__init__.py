"""`make year`: a year of a force, lived through on the local stack in minutes.

The story: one seed tells a whole year beforehand (`story`): who posts and who falls silent, what
the public says and when somebody answers, who comes to follow, which registers run out. From it,
and from nothing of the product, follows a list of every letter that somebody has to get
(`expected`). Then the force is made (`founding`), its public put on the sandbox (`crowd`), and the
clock turned, two stops a day, all schedules firing (`living`), while people do what the story says
(`people`, `saying`). Whatever letters leave is read as it arrives (`letters`) and laid beside the
list (`comparing`). docs/year.md says what it came to.

What is held is the product whole: its schedules, functions, state machines and tables. What is not:
posts are put on record as their workflow leaves them, and the sandbox is the only platform.
"""
