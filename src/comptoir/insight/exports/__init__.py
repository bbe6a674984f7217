"""Records become files for spreadsheets and other programs; what is written can be imported again.

- ``tables``: CSV and XLSX out of any rows, harmless to spreadsheets.
- ``clients``: clients with their contacts.
"""
