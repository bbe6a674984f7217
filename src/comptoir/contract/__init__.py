"""The wire: what the API's keys, lists, writes and errors look like, whatever the entity.

One class per entity declares it (``resources.Resource``), and everything else follows from the
declaration. This package knows no entity; docs/contract-layer.md shows how to declare one.
"""
