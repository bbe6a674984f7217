"""What keeps the house in shape, read from sources and models: a new room is held to it."""
