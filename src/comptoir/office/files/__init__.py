"""Attached files in the office: on the pages of records, and one by one."""
