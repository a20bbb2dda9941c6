"""The store: tables, statements and transactions; with the records of a campaign kind the only speaker of SQL."""
