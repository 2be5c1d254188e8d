"""Verb: one of them, who may call it, and how arguments for it are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.scene import Scene


@dataclass(frozen=True)
class Verb:
    """A verb, who of EVERYBODY may call it, and how arguments are made that succeed once for any of them."""

    call: Callable[..., Any]
    may: tuple[str, ...]
    make: Callable[..., dict[str, Any]]
    is_personal: bool = False  # its arguments are made for who calls: make(scene, who)

    @property
    def name(self) -> str:
        return self.call.__name__

    def arguments(self, scene: Scene, who: str = "") -> dict[str, Any]:
        """Make arguments for somebody, or for the first who may."""
        return self.make(scene, who if who in self.may else self.may[0]) if self.is_personal else self.make(scene)
