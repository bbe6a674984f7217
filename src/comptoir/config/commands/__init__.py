"""One file per `comptoir` command: `run(arguments)`, and `arguments(parser)` where it takes any."""
