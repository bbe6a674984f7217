"""The ways into the portal. Each begins a session of its own and leaves no key in the address."""
