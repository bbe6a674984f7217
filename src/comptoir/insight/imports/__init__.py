"""Files of other programs become records: read, matched, tried, written, reported (S4, contract rules 26).

- ``operations``: upload_import, start_import, stop_import, forget_import, save_mapping, forget_mapping.
- ``sheets``: cells out of CSV, TXT and XLSX; ``encodings`` and ``dialects`` find out how a text is written.
- ``headings``: which column is which. ``cells``: what a cell says. ``declaring``: what an entity declares.
- ``entities``: one file for each kind of record that can be imported.
- ``running``: batches, each one transaction, that go on where they were interrupted.
- ``reporting``: what came of it.
"""
