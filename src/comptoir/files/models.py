from __future__ import annotations

from typing import Self

from django.db import models

from comptoir.activity.facts import kind_of
from comptoir.tenancy import keys
from comptoir.tenancy.rows import Archivable, CompanyManager, CompanyOwned, Rows, Stamped

from .types import content_type


class FileRows(Rows):
    """Adjectives of files."""

    def of(self, *owners: models.Model) -> Self:
        """Those attached to these records."""
        mine = models.Q(pk__in=[])
        for owner in owners:
            mine |= models.Q(owner_kind=kind_of(owner), owner_id=owner.pk)
        return self.filter(mine)

    def about(self, client_id: int) -> Self:
        """Those of a client and of everything that is theirs: invoices, quotes, projects …"""
        return self.filter(client_id=client_id)

    def shared(self, company_id: int | None, group_id: int | None) -> Self:
        """Those that a company, and a group of clients, have for every client of theirs (S33)."""
        ours = models.Q(owner_kind="company", owner_id=company_id)
        if group_id is not None:
            ours |= models.Q(owner_kind="group", owner_id=group_id)
        return self.filter(ours)

    def public(self) -> Self:
        """Those that the client may see in the portal and that mails may carry."""
        return self.filter(is_public=True)


class File(CompanyOwned, Stamped, Archivable):
    """One attached file. Its bytes are in the storage at ``path``; nothing there tells its name.

    ``owner_kind`` and ``owner_id`` name the record ("invoice", 12), ``client_id`` the client whose
    file it belongs to, if any. ``size`` is in bytes, ``width`` and ``height`` in pixels (0: no
    picture). ``checksum`` is the sha256 of the bytes. ``key`` opens the file by a public link; only its
    digest is stored.
    """

    owner_kind = models.CharField(max_length=32)
    owner_id = models.BigIntegerField()
    client_id = models.BigIntegerField(null=True)
    user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=190)
    type = models.CharField(max_length=8)
    path = models.CharField(max_length=190, unique=True)
    size = models.BigIntegerField()
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
    checksum = models.CharField(max_length=64)
    is_public = models.BooleanField(default=True)
    is_default = models.BooleanField(default=False)
    key_seed = models.BigIntegerField()
    key_digest = models.CharField(max_length=64, unique=True)

    objects = CompanyManager.from_queryset(FileRows)()  # type: ignore[misc]

    class Meta(CompanyOwned.Meta):
        indexes = [
            models.Index(fields=["company", "id"], name="file_list"),
            models.Index(fields=["company", "owner_kind", "owner_id", "id"], name="file_of_owner"),
            models.Index(fields=["company", "client_id", "id"], name="file_of_client"),
            models.Index(fields=["company", "updated_at"], name="file_by_change"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return keys.derive("file", self.key_seed)

    @property
    def content_type(self) -> str:
        return content_type(self.type)

    @property
    def is_picture(self) -> bool:
        return self.width > 0
