"""The page of a group: its clients, what it sets for them, its files (S104, S105)."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from comptoir.clients.models import Client, Group
from comptoir.office.desk import Desk, desk
from comptoir.office.files import panels
from comptoir.office.groups import clients_url, settings_url
from comptoir.office.links import address, page_url
from comptoir.office.pages import page
from comptoir.office.settings.fields import in_words
from comptoir.office.settings.layout import PAGES
from comptoir.preferences.cascade import Found
from comptoir.preferences.catalogue import CATALOGUE, GROUP
from comptoir.ui.parts import Action, Crumb, Detail


@require_GET
@desk("view", "group_setting")
def show(place: Desk, key: str) -> HttpResponse:
    """The page; who may not edit reads it."""
    group: Group = place.find(Group.objects.all(), key, "group_setting")
    may_edit = place.may("edit", "group_setting", group) and not group.is_deleted
    clients = Client.objects.filter(group=group, deleted_at=None).count()
    context = {
        "group": group,
        "crumbs": [Crumb(_("Groups"), page_url("groups"))],
        "archived_label": pgettext("status of a group", "Archived"),
        "deleted_label": pgettext("status of a group", "Deleted"),
        "clients": ngettext("%(n)s client", "%(n)s clients", clients) % {"n": clients},
        "clients_url": clients_url(group) if clients else "",
        "details": _set(group, settings_url(group) if may_edit else ""),
        "configure_url": settings_url(group) if may_edit else "",
        "rename_url": address("edit-group", group.pk) if may_edit else "",
        "kebab": _kebab(group) if place.may("edit", "group_setting", group) else [],
        **panels.panel(place, group, address("upload-group", group.pk), may_upload=may_edit),
    }
    return page(place, "groups/show.html", context, module="clients")


def _set(group: Group, settings: str) -> list[Detail]:
    """Each setting that the group gives a value, in the order of the settings pages."""
    pages = {key: each.key for each in PAGES for section in each.sections for key in section.keys}
    keys = [key for key in (*pages, *CATALOGUE) if key in group.settings and key in CATALOGUE]
    return [
        Detail(
            str(CATALOGUE[key].label),
            in_words(key, Found(group.settings[key], GROUP)) or "…",
            url=_input_url(settings, pages[key], key) if settings and key in pages else "",
        )
        for key in dict.fromkeys(keys)
    ]


def _input_url(settings: str, page_key: str, key: str) -> str:
    base, _mark, query = settings.partition("?")
    return f"{base}/{page_key}?{query}#id-{key}"


def _kebab(group: Group) -> list[Action]:
    at = address("show-group", group.pk)
    if group.is_deleted or group.is_archived:
        found = [Action(_("Restore"), f"{at}/restore", "archive-off", "post")]
    else:
        found = [Action(_("Archive"), f"{at}/archive", "archive", "post")]
    if not group.is_deleted:
        found.append(Action(_("Delete"), f"{at}/delete", "trash", "post", danger=True))
    return found
