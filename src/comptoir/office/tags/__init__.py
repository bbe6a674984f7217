"""Tags in the office: the company's list of them, the editor on a record, columns and filters of lists.

Every kind of records with a module bears them: ``bearing.Tags`` gives its list a column, a filter and an
action, and ``editing.editor`` its page the chips.
"""
