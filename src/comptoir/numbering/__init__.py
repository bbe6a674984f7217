"""Numbers of clients, invoices and the rest: patterns, counters, draw().

- ``drawing.draw(series, preferences, context, taken, *, prefix="") -> str``: the next number, taken
  under lock in the caller's transaction. ``series`` is "client", "invoice", "quote", "credit",
  "recurring_invoice", "payment", "project", "task", "expense", "recurring_expense", "vendor",
  "purchase_order"; ``taken`` the queryset whose ``number`` must stay unique (``Invoice.objects.all()``).
- ``drawing.draw_many(series, preferences, contexts, taken, *, prefix="") -> list[str]``: for imports.
- ``drawing.next_number(series, preferences, context, *, prefix="") -> str``: a preview; takes nothing.
- ``patterns.Context(on=date, user=, client=, group_id=, vendor=, expense=)``: what patterns speak of.
- ``counters.shown(scope) / shown_many(scopes)``: counters as settings, for the wire;
  ``counters.write(sent, scope) -> {key: (old, new)}``: a PUT that names them.
  Scopes: "" for the company, ``series.client_scope(id)``, ``series.group_scope(id)``.
- ``rules.is_gap_free(series)``, ``rules.refuse_own_number(series, number)``; ``gaps.gaps(numbers, pattern)``.
"""
