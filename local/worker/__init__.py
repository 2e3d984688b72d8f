"""One warm Lambda worker: runs handlers, one event after the other, in a process of its own.

Started as `python -u -P -m local.worker` in a function's folder. It knows the product and not the
local stack: once it has begun, `local` and `tests` cannot be imported here, as in the cloud. One
JSON line comes in to name the function to be served from now on, one per event; one goes out for
each. What a handler prints goes to its function's log. End of input ends the process at once, even
in mid-event, so that a killed parent leaves no orphan. Standard library only.
"""
