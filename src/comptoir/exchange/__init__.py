"""Rates of exchange: fetched once a day for everybody, and a company's own, which win."""
