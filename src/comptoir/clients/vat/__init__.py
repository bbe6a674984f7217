"""The VAT number of a client, asked for at the European Commission's VIES (S64)."""
