"""What every page is made of: tokens, components, base layouts and front-end sources. Knows no entity."""
