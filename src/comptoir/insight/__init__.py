"""What the books tell: statements."""
