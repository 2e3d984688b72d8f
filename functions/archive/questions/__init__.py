"""Questions that auditors ask of sealed months: a copy that can be searched, and views of it.

    <entity>/month=2026-10/part-0.parquet     one row for every leaf (derive.py, columns.py)
    views.sql                                 posts, approvals, publications … made of those rows
    search.py, pack.sql                       what is asked of the views; answer.py: what comes back

The copy proves nothing: it is made from sealed months, can be thrown away and made again, and each
of its rows names the leaf it came from. DuckDB reads it here and on a laptop, Athena in the cloud,
by the same text of SQL. Nothing in here is imported by functions that do not ask (ADR 0001).
"""
