"""Stripe, by its own hosted Checkout page: no card and no script of others touches our pages."""
