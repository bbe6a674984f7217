"""Settings and their cascade: client > group > company > default. This floor knows no client.

- ``catalogue.CATALOGUE[key] -> Setting`` (kind, default, label, help, levels, choices);
  ``catalogue.CHAPTERS``, ``catalogue.TITLES``: the pages of the settings area.
- ``cascade.Preferences((client_settings, group_settings, company_settings))``, or ``(group, company)``,
  or ``(company,)``: ``.payment_terms`` typed, ``["key"]``, ``.source(key)``, ``.inherited(key)``.
- ``cascade.find(key, layers) -> Found(value, source)``: pure.
- ``writing.full(stored, counters)``: a company's settings on the wire, complete.
- ``writing.overlay(stored, sent) -> dict``: what a company keeps after a PUT (absent keys stay).
- ``writing.sparse(sent) -> dict``: what a client or group keeps (empty ones dropped).
- ``writing.shown(stored, counters, currency_id)``: a client's or group's settings on the wire.
  All three writers raise ``Refused`` with every fault at ``settings``.
- ``languages.spoken_by(own, preferences) -> Language``: in which language somebody is spoken to.
- ``custom_fields.custom_fields(company.custom_fields, "client") -> tuple[CustomField, ...]``.
- ``texts.message(name) -> Message(subject, body)``: our own email texts, lazily translated.
"""
