"""What leaves by itself: schedules of statements, documents and instalments, and planned e-mails."""
