"""The statement of a client's account, on screens (S26b): choose, look, download, send."""
