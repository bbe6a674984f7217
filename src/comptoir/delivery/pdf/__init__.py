"""Printed documents: facts become a page, a page becomes HTML, HTML becomes a PDF."""
