"""Templates: designs of a company's own that are run over records, one page for each or all on one.

- ``subjects.SUBJECTS``: the kinds of records, with the lists that each may repeat.
- ``running.print_run(template, entity, keys, sight, on=) -> bytes``: the PDF.
- ``asking.templates_for(entity)``, ``asking.begin_run``, ``asking.mail_run``: what doors call.

docs/designs.md, "Templates", says what may be written.
"""
