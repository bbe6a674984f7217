"""Paying online: what (``choosing``, ``advance``), with what one has already (``wallet``), how (``ways``),
what is asked before (``proofs``, ``details``), off to the provider (``going``) and back (``coming_back``),
what is stored (``stored``). The amounts and the way are always read and refused on the server; no script is
needed.
"""
