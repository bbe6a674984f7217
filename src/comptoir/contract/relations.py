"""How one shape reaches another: the includes of the wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comptoir.contract.shapes import Shape


@dataclass(frozen=True)
class Relation:
    """A relation to ``target``: a shape, or the path of a resource found when it is first used."""

    target: type[Shape] | str

    @property
    def shape(self) -> type[Shape]:
        assert not isinstance(self.target, str), "only a resource of a registry is named by its path"
        return self.target

    @property
    def needs(self) -> tuple[str, ...]:
        """Attributes of the near row that the relation follows."""
        return ()


@dataclass(frozen=True)
class One(Relation):
    """The row that the near row's foreign key ``by`` names; the key is left out when it is null."""

    by: str

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.by,)


@dataclass(frozen=True)
class Many(Relation):
    """The rows whose foreign key ``by`` names the near row.

    ``where`` is more SQL over their table ``{t}`` (``{t}.deleted_at IS NULL``), ``order`` their
    order, ``most`` how many of each near row are given at most.
    """

    by: str
    where: str = ""
    order: str = "{t}.id"
    most: int | None = None


@dataclass(frozen=True)
class Through(Relation):
    """Rows on the far side of a link table: ``link`` its name, ``near`` and ``far`` its columns."""

    link: str
    near: str
    far: str
    where: str = ""
    order: str = "{t}.id"


@dataclass(frozen=True)
class Made(Relation):
    """Parts made by a function: ``make(keys, view)`` gives a wire value for each near key."""

    target: type[Shape] | str = ""
    make: Callable[[Sequence[int], Any], Mapping[int, Any]] = lambda keys, view: {}
    otherwise: Any = ()
