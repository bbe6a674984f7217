"""Email settings: how messages leave and what goes along."""

from django.utils.translation import gettext_lazy as _

from .setting import COMPANY_ONLY, choice, flag, memo, record, secret, text, whole

TITLE = _("Email settings")

SETTINGS = (
    choice(
        "email_sending_method",
        "default",
        {
            "default": _("This server"),
            "smtp": "SMTP",
            "client_postmark": "Postmark",
            "client_mailgun": "Mailgun",
            "mailgun": "Mailgun",
            "client_brevo": "Brevo",
            "client_ses": "Amazon SES",
            "gmail": "Gmail",
            "office365": "Microsoft 365",
        },
        _("Send with"),
    ),
    record("gmail_sending_user_id", "0", _("Send as")),
    text("custom_sending_email", _("Sender address"), _("For your own mail provider.")),
    text("email_from_name", _("From name")),
    text("reply_to_email", _("Reply-to address")),
    text("reply_to_name", _("Reply-to name")),
    text("bcc_email", _("BCC"), _("Addresses separated by commas; each gets a hidden copy.")),
    whole("entity_send_time", 6, _("Send at"), _("Hour of the day, in the company's time zone.")),
    choice(
        "email_style",
        "light",
        {"plain": _("Plain"), "light": _("Light"), "dark": _("Dark"), "custom": _("Custom")},
        _("Email design"),
    ),
    memo("email_style_custom", _("Own email design"), _("HTML with $body where the message goes.")),
    choice(
        "email_alignment",
        "center",
        {"center": _("Centred"), "left": _("Left"), "right": _("Right")},
        _("Alignment"),
    ),
    memo("email_signature", _("Signature")),
    memo("email_footer", _("Email footer"), newer=True),
    flag("show_email_footer", True, _("Show the footer")),
    flag(
        "enable_email_markup",
        True,
        _("Email markup"),
        _("Mail programs show a button that opens the document."),
    ),
    flag("pdf_email_attachment", False, _("Attach the PDF")),
    flag("document_email_attachment", False, _("Attach files"), _("Files attached to the record go along.")),
    flag("ubl_email_attachment", False, _("Attach the e-invoice"), _("The XML file goes along.")),
    flag(
        "client_online_payment_notification",
        True,
        _("Receipt for online payments"),
        _("The client gets a receipt by email."),
    ),
    flag(
        "client_manual_payment_notification",
        True,
        _("Receipt for entered payments"),
        _("The client gets a receipt by email."),
    ),
    flag("send_email_on_mark_paid", False, _("Receipt when marked as paid")),
    flag("payment_email_all_contacts", False, _("Receipts to all contacts")),
    secret("postmark_secret", _("Postmark token"), _("The token of a server, of the kind “API”.")),
    secret("mailgun_secret", _("Mailgun key"), _("A sending key of the domain, or an API key.")),
    text("mailgun_domain", _("Mailgun domain"), levels=COMPANY_ONLY),
    secret(
        "mailgun_webhook_secret",
        _("Mailgun webhook signing key"),
        _("It proves that news about e-mails come from Mailgun."),
        newer=True,
    ),
    choice(
        "mailgun_endpoint",
        "api.mailgun.net",
        {"api.mailgun.net": _("United States"), "api.eu.mailgun.net": _("European Union")},
        _("Mailgun region"),
        levels=COMPANY_ONLY,
    ),
    secret("brevo_secret", _("Brevo key"), _("An API key, not an SMTP key.")),
    secret("ses_access_key", _("Amazon SES access key"), newer=True),
    secret(
        "ses_secret_key",
        _("Amazon SES secret key"),
        _("Of a user that may ses:SendRawEmail; e-mails leave by Amazon’s SMTP server."),
        newer=True,
    ),
    text("ses_region", _("Amazon SES region"), _("Such as eu-west-3."), newer=True, levels=COMPANY_ONLY),
    text(
        "ses_topic_arn",
        _("Amazon SNS topic (ARN)"),
        _("Where Amazon SES tells of deliveries, bounces and complaints."),
        newer=True,
        levels=COMPANY_ONLY,
    ),
    text("ses_from_address", _("Amazon SES sender address"), newer=True, levels=COMPANY_ONLY),
)
