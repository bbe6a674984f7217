"""Who is invoiced: clients, their contacts and locations, and the groups that share settings.

- ``operations``: create_client(s), update_client, archive_clients, delete_clients, restore_clients.
- ``bulk``: assign_group, bulk_update, clone_clients.
- ``people``: a contact changes its own profile; a portal key is revoked.
- ``receiving``: who receives which mails, and who has left them.
- ``groups``, ``locations``: the same verbs for those. ``merging``, ``purging``: the two that last.
- ``retention``: until when issued documents are kept. ``identifiers``: SIREN, IBAN, VAT numbers.
- ``logos``: the picture that stands for a client.
- ``vat``: the VAT number asked for at VIES.
- ``queries``: whose e-mail is this, which names are taken.
- ``following``: move_rows, repoint_contacts, erase_rows, for the subscribers of a merge or a purge.
"""
