"""What people see: frozen views in, whole pages out.

The story: an `app.py` fills one view of `views`, `render` turns it into a page with no style or
script inside it, and `static` hands out the few files such a page asks for.
"""
