"""An officer writes: the pages and the API of the author.

Browser or program to `app` (parses, calls one deed, renders) to `reading` (a request becomes a
draft) to `submit` (a draft becomes a submission, or comes back with findings).
"""
