"""Strangers' accounts that could be taken for one of the force's (policy F07, F08, A19): what is
looked for, the life of a case, and the names that the force keeps. Pure: no AWS, no clock."""
