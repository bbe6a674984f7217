"""Records become files for spreadsheets and other programs; what is written can be imported again.

- ``sheets``: one declaration for each kind of table; ``declaring``, ``values`` and ``words`` make its cells.
- ``tables``: CSV, XLSX and JSON out of any rows, harmless to spreadsheets.
- ``operations``: ask_export, forget_export. ``making``: the file itself, by the worker, with its progress.
- ``spans``: the days that reports and the dashboard of the wire speak of.
"""
