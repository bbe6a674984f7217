"""What is sold: invoices, quotes, credits and recurring invoices, each an app of its own."""
