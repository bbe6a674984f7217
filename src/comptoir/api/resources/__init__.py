"""One file for each entity of the wire; docs/contract-layer.md shows how they are declared."""
