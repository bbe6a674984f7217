"""Tags: words in a colour that a company puts on its records, one vocabulary for each kind of record.

A tag knows records by their kind ("invoice") and key alone, so that any room above can be tagged.
``operations`` make tags and put them on records, ``queries`` say which are on which.
"""
