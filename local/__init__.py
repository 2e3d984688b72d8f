"""The same system on one machine, made from template.yaml: for tests, `make run` and `make demo`.

The order of the story: `template` and `resolve` read what the cloud would be, `deploy` makes it
with `resources`, `lambdas` runs the handlers, `gateway` answers the browser, `clock` keeps the
time, `stack` holds it all together, `server` is what `bluelamp run` starts. Never ships.
"""
