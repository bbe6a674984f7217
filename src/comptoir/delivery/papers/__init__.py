"""What documents leave behind, and what waits to leave.

- ``keeping``: every printed version that a client was sent, with its checksum and a link to the one before.
- ``planning``: a document leaves by e-mail at a day to come, exactly once.
- ``bundling``: many documents as one archive or one PDF, made by the worker.
"""
