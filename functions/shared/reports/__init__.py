"""What an account did in a month, and what the force did: counted once, and never counted anew.

Success is people who are answered, not people who follow (policy G30): answers come first,
followers last, and no account is set against another.
"""
