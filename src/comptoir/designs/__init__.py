"""How documents look: the built-in designs, their fonts, and what a company makes of its own."""
