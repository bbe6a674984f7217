"""The HTTP API: who may ask, and one declaration for each entity (resources/)."""
