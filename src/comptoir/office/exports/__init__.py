"""Files of what lists show: asked for in a dialog, sent at once or made by the worker.

- ``asking``: the dialog of columns, and what becomes of its answer.
- ``waiting``: how far a large file is, and the file.
"""
