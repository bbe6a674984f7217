import argparse


def run(_: argparse.Namespace) -> int:
    """Do background work until told to stop."""
    from comptoir.config import memory
    from comptoir.config.cli import load_django

    memory.give_back()
    load_django()

    import gc

    from comptoir.activity import worker

    gc.collect()
    gc.freeze()
    worker.run()
    return 0
