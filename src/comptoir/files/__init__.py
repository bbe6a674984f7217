"""Files that people attach to a record (the API calls them documents).

- ``operations``: ``attach_files``, ``update_file``, ``archive_files``, ``restore_files``,
  ``delete_files``, ``copy_files``; inside other operations ``move_files`` and ``forget_files``.
- ``queries``: ``found_by_key``, ``owner_of``; adjectives on ``File.objects``.
- ``serving``: ``download``, ``picture``, ``zip_download``.
- ``pictures``: ``measure``, ``reencode``. ``upkeep``: ``missing``, ``orphans``, ``remove_orphans``.

Nothing here is ever served from a folder: the stored path holds no word of a person, and every
answer is sent as an attachment that a browser will not run.
"""
