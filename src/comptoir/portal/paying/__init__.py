"""Paying online: what (``choosing``), how (``ways``), off to the provider and back (``going``), what is
stored (``stored``). The amounts and the way are always read and refused on the server; no script is needed.
"""
