"""What leaves the house: PDFs, mails, reminders, webhooks, structured invoices."""
