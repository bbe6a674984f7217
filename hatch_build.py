"""Build hook: the wheel carries built assets and compiled messages, so that it needs no node to run."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):
    """Builds what is missing or out of date; an editable install uses the checkout's own."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or self.target_name != "wheel":
            return
        sys.path.insert(0, str(Path(self.root)))
        from tools import assets

        assets.main()
