"""Every address of the portal, below /client/."""

from django.urls import path

from comptoir.portal import (
    auto_billing,
    brand,
    credit_notes,
    files,
    home,
    invoices,
    payments,
    profile,
    quotes,
    recurring,
    statement,
)
from comptoir.portal.documents.kinds import KINDS
from comptoir.portal.doors import keys, links, mails, more, password, sign_in
from comptoir.portal.paying import advance, coming_back, going, pages, stored
from comptoir.portal.registration import views as registration

app_name = "portal"

DOORS = [
    path("login", sign_in.login, name="login"),
    path("login/<str:company_key>", sign_in.login, name="login"),
    path("link/email", sign_in.mail_link, name="mail-link"),
    path("link/email/<str:company_key>", sign_in.mail_link, name="mail-link"),
    path("password/reset", sign_in.forgotten, name="forgotten"),
    path("password/email", sign_in.mail_reset, name="mail-reset"),
    path("password/reset/<str:key>", links.arrive, name="reset"),
    path("magic_link/<str:key>", links.arrive, name="magic-link"),
    path("email/<str:key>", links.arrive, name="confirm-email"),
    path("link", links.use, name="link"),
    path("mails/<str:key>", mails.choose, name="mails"),
    path("password", password.password, name="password"),
    path("more", more.more, name="more"),
    path("logout", sign_in.logout, name="logout"),
    path("switch_company/<str:key>", sign_in.switch, name="switch"),
    path("register", registration.register, name="register"),
    path("register/<str:company_key>", registration.register, name="register"),
    path("terms/<str:company_key>", registration.terms, name="terms"),
    path("key_login/<str:key>", keys.contact, name="key-login"),
    path("payment/<str:key>/<str:payment>", keys.contact, name="payment-by-key"),
    path("pay/<str:key>", keys.invitation, {"kind": "invoice", "part": "pay"}, name="pay-by-key"),
    *(path(f"{kind}/<str:key>", keys.invitation, {"kind": kind}) for kind in KINDS),
    *(path(f"{kind}/<str:key>/download", keys.download, {"kind": kind}) for kind in KINDS),
]
DOCUMENTS = [
    path("invoices", invoices.index, name="invoices"),
    path("invoices/payment", pages.pay, name="pay"),
    path("invoices/archive", invoices.archive, name="invoices-archive"),
    path("invoices/<str:key>", invoices.show, name="invoice"),
    path("invoices/<str:key>/pdf", invoices.pdf, name="invoice-pdf"),
    path("quotes", quotes.index, name="quotes"),
    path("quotes/archive", quotes.archive, name="quotes-archive"),
    path("quotes/<str:key>", quotes.show, name="quote"),
    path("quotes/<str:key>/pdf", quotes.pdf, name="quote-pdf"),
    path("quotes/<str:key>/approval", quotes.approve, name="quote-approval"),
    path("quotes/<str:key>/refusal", quotes.reject, name="quote-refusal"),
    path("credits", credit_notes.index, name="credits"),
    path("credits/archive", credit_notes.archive, name="credits-archive"),
    path("credits/<str:key>", credit_notes.show, name="credit"),
    path("credits/<str:key>/pdf", credit_notes.pdf, name="credit-pdf"),
    path("recurring_invoices", recurring.index, name="recurring_invoices"),
    path("recurring_invoices/<str:key>", recurring.show, name="recurring_invoice"),
    path("recurring_invoices/<str:key>/request_cancellation", recurring.end, name="recurring_invoice-end"),
    path("recurring_invoices/<str:key>/auto_bill", auto_billing.choose, name="recurring_invoice-auto_bill"),
    path("recurring_invoices/<str:key>/pdf", recurring.pdf, name="recurring_invoice-pdf"),
    *(
        path(f"{kind}s/<str:key>/files/<str:file>", files.of_document, {"kind": kind}, name=f"{kind}-file")
        for kind in KINDS
    ),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("dashboard", home.home, name="dashboard"),
    path("brand.css", brand.css, name="brand"),
    path("logo", brand.picture, name="logo"),
    *DOORS,
    *DOCUMENTS,
    path("payments", payments.index, name="payments"),
    path("pre_payments", advance.pay, name="pay-in-advance"),
    path("payments/process", going.start, name="payment-start"),
    path("payments/process/<str:key>", coming_back.outcome, name="payment-outcome"),
    path("payments/<str:key>", payments.show, name="payment"),
    path("payments/<str:key>/receipt", payments.receipt, name="payment-receipt"),
    path("payment_methods", stored.index, name="payment-methods"),
    path("payment_methods/add", stored.add, name="payment-method-add"),
    path("payment_methods/<str:key>/prefer", stored.prefer, name="payment-method-prefer"),
    path("payment_methods/<str:key>/remove", stored.remove, name="payment-method-remove"),
    path("documents", files.documents, name="documents"),
    path("documents/download_multiple", files.download_several, name="download-several"),
    path("documents/<str:key>/download", files.download, name="download"),
    path("upload", files.upload, name="upload"),
    path("statement", statement.show, name="statement"),
    path("statement/raw", statement.printed, name="statement-raw"),
    path("statement/csv", statement.sheet, name="statement-csv"),
    path("profile", profile.show, name="profile"),
    path("profile/contact", profile.save_contact, name="profile-contact"),
    path("profile/client", profile.save_client, name="profile-client"),
    path("profile/logo", profile.save_logo, name="profile-logo"),
    path("profile/picture", profile.logo, name="client-logo"),
    path("profile/mails", profile.choose_own_mails, name="profile-mails"),
    path("profile/email", profile.change_email, name="profile-email"),
    path("profile/password", profile.change_password, name="profile-password"),
    path("profile/<str:key>/edit", profile.edit, name="profile-edit"),
    path("contacts", profile.add_contact, name="add-contact"),
]
