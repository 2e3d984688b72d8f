"""`make smoke PLATFORM=…`: one harmless sentence on a real platform, read back, taken away again.

Off by default: it says what it will do, and does it only with CONFIRM=yes. Keys come from the
environment alone, never from the command line, and are in nothing that it prints.

    keys.py      what the account signs in with, and where its tokens are kept meanwhile
    run.py       publish, read back, delete, read back: each step held, or what to do by hand
    __main__.py  the command
"""
