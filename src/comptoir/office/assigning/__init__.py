"""Giving records to a member of the company: who can have them, the entries of menus and lists, the dialog.

- ``entries``: ``assign_actions`` in a record's kebab, ``assigned_to`` among its details, ``Assigning`` for
  its list.
- ``doing``: asks to whom, and does it by the operation that the API has for the kind.
"""
