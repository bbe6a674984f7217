"""Collecting money by gateways: from the wish to pay to the payment in the books.

1. ``starting.begin`` writes an ``Attempt`` (what is paid, by whom, at which fee), then asks the provider
   for its page; ``charging`` charges a stored method instead.
2. The client comes back, the provider's notification comes (``listening``), the clock comes
   (``handlers``): each only makes us ask the provider again (``settling.follow``), never believes what it
   was told. All three may come at once, or twice.
3. ``settling.settle`` compares key, amount and currency, and records the payment once: the attempt is
   locked, and a gateway's reference is unique in the database.

A provider is never asked inside a transaction. What it does is named by the attempt's key on both sides:
asked again after a crash, it happens once.
"""
