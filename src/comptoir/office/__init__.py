"""The pages of staff: one module for each entity, its templates beside it (templates/office/<entity>/).

- ``desk.desk(verb, entity)``: the decorator of every view; gives it a ``Desk`` (who, for which company).
- ``modules.MODULES``: the menu and the tiles of a client; a module that is off is nowhere.
- ``lists.ListPage``: search, filters, columns, sorting and paging of a list, out of one declaration.
- ``pages.page(desk, template, context)``: a whole page, or its part for htmx.
"""
