"""Routes: a verb, a path and what runs there, declared on a class by ``@route``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from django.http.response import HttpResponseBase

if TYPE_CHECKING:
    from comptoir.contract.calls import Call

Auth = Literal["token", "contact", "public"]
"""Whose token: one of staff, one of a contact, which the route looks up itself, or nobody's."""
Run = Callable[["Call"], HttpResponseBase]


@dataclass(frozen=True)
class Route:
    """``method`` on ``path`` (below /api/v1, ``{id}`` for a part that varies) runs ``run``.

    ``verb`` is the right asked for ("view", "create", "edit"; "" when ``run`` asks itself),
    ``password`` wants it typed again, ``query`` and ``body`` only describe.
    """

    method: str
    path: str
    run: Run
    verb: str = ""
    auth: Auth = "token"
    password: bool = False
    does: str = ""
    home: type[Endpoints] | None = None

    def __call__(self, call: Call) -> HttpResponseBase:
        return self.run(call)

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part for part in self.path.split("/") if part)


def route(
    method: str, path: str, *, verb: str = "", auth: Auth = "token", password: bool = False, does: str = ""
) -> Callable[[Run], Route]:
    """Declare a route on an Endpoints or Resource class.

    ``path`` hangs below the class's own; one that starts with "/" stands alone. The function takes
    the Call and gives an answer; it must ask for rights itself (``call.row``, ``call.need``)
    unless ``verb`` names one that needs no row.
    """

    def declare(run: Run) -> Route:
        return Route(method, path, run, verb, auth, password, does or (run.__doc__ or "").strip())

    return declare


class Endpoints:
    """A class whose ``@route`` functions are served under ``path``, with no rows of its own."""

    path: ClassVar[str] = ""
    entity: ClassVar[str] = ""
    declared: ClassVar[tuple[Route, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        found = {name: value for base in reversed(cls.__mro__) for name, value in vars(base).items()}
        cls.declared = tuple(route for route in found.values() if isinstance(route, Route))

    @classmethod
    def routes(cls) -> list[Route]:
        """Every route of the class, its full path written out."""
        return [
            replace(
                one,
                path=one.path.lstrip("/") if one.path.startswith("/") else f"{cls.path}/{one.path}",
                home=cls,
            )
            for one in cls.declared
        ]
