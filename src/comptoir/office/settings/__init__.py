"""The settings of a company, a group or a client: pages generated from the catalogue of settings.

- ``layout.PAGES``: the pages in their order, each with its sections and the keys in them. A page is
  drawn, read and saved by ``pages`` alone; ``extra`` names what stands below its form.
- ``levels.level_of(desk)``: whose settings the address speaks of (``?level=client&id=…``).
- ``fields.field(key, level, desk)``: one input, with the value that is inherited and where from.
- ``switches.SWITCHES``: the facts of a company that nobody overrides (tenancy.switches), as inputs.
- Pages that are lists or need more than a form: ``rates``, ``letters``, ``labels``, ``staff``,
  ``tokens``, ``webhooks``, ``companies``, ``system``.
"""
