"""The API's addresses: the registry finds everything below /api/v1; the rest is opened by a link."""

from django.urls import path

from comptoir.api import documentation, door, handover, links, notifications

urlpatterns = [
    path("api/v1/<path:path>", door.api, name="api"),
    path("api/docs", documentation.page, name="api-docs"),
    path("client/<str:entity>/<str:key>/download_pdf", links.invited_pdf, name="invited-pdf"),
    path("documents/<str:key>", links.file, name="public-file"),
    path("payment_webhook/<str:company_key>/<str:gateway>", notifications.payment, name="payment-webhook"),
    path("payment_notification_webhook/<str:company_key>/<str:gateway>/<str:client>", notifications.payment),
    path("token_hash_router", handover.open_browser, name="token-hash-router"),
]
