"""Lists in: from the bytes that a district sends to one answer with every fault; `reading.read_roster` is the way in.

The seams: `files` recognises the file, `xlsx`, `xls` and `letter` bring it into the neutral form of `sheets`, `headers`
and `rows` find the list in it, `forms` says as a table what a kind of list looks like, and `report` is the answer.
"""
