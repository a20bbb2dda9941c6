"""Giving a list back with its faults marked: `annotate.annotate` is the way in.

`marks` says as a table what is marked where; `package`, `styles`, `cells`, `comments`, `shapes` and `results` change
only those bytes of the sender's workbook that have to change; `fresh` makes a workbook of what has no such parts.
"""
