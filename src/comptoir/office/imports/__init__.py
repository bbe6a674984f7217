"""Import on screens: upload, match columns, try, import, read what came of it (S4)."""
