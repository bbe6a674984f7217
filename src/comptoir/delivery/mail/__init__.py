"""Mails: written when they are queued, handed over by the worker, never sent twice.

- ``texts.wording(settings, template, locale) -> Wording(subject, body)``: the company's text or ours.
- ``writing.write(subject, body, values, look, ...) -> Written(subject, html, text)``: the finished mail.
- ``operations.queue_mail(...) -> MailDelivery``, ``operations.send_again(delivery)``.
- ``attachments.attachment("invoice_pdf")``: registers what makes an attachment when it is sent.
- ``outcomes.outcome("invoice")``: registers what follows when a mail of that kind has left or failed.
- ``letters.magic_link(...)``, ``password_reset``, ``invitation``: mails about accounts.
- ``trial.send_trial(company, settings, recipient, ...)``: the "send a test" button.
- ``preview.preview(...)``: subject, body and frame as a page or the API shows them.
"""
