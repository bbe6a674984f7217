"""What is sold and at which tax: products, tax rates, payment terms.

``operations.py`` has ``create_…`` and ``update_…`` of each, and ``archive``, ``delete``, ``restore``
for any of them. Founding a company seeds the usual payment terms (``handlers.py``).
"""
