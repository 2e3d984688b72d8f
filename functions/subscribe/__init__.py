"""The public asks for the newsletter, confirms, and leaves; on Fridays it is sent (docs/mail.md).

Strangers reach it: it holds no platform key, reads no draft, and can write to no row but a
subscriber's.
"""
