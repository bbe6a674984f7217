"""The company's own designs: the list, the editor with its preview, import and export.

- ``listing``: the list, archive, restore, delete
- ``editing``: a design as text, saved
- ``drawing``: the preview and the remarks beside the editor
- ``moving``: a design as a file, out and in
"""
