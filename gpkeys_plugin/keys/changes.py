"""What must be done on the Géoplateforme for a draft to come true, step by step, and what takes each step back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Union

from ..entrepot.models import KeyCreation, KeyType
from .draft import Grant, KeyDraft
from .rules import api_filters


@dataclass(frozen=True)
class CreateKey:
    """Create the key, with its filters and without any access yet."""

    creation: KeyCreation


@dataclass(frozen=True)
class AddAccesses:
    """Open offerings to the key, all through one permission (None for open offerings)."""

    permission_id: str | None
    offering_ids: tuple[str, ...]


@dataclass(frozen=True)
class DeleteKey:
    """Delete the key; its accesses go with it."""


@dataclass(frozen=True)
class RemoveAccesses:
    """Close offerings to the key that were opened through one permission."""

    permission_id: str | None
    offering_ids: tuple[str, ...]


Step = Union[CreateKey, AddAccesses]
Undo = Union[DeleteKey, RemoveAccesses]


def creation_steps(draft: KeyDraft) -> tuple[Step, ...]:
    """Return the steps that make a draft a key: the key, then its accesses, one step a permission."""
    return (CreateKey(key_creation(draft)), *extension_steps(draft.grants))


def extension_steps(grants: Iterable[Grant]) -> tuple[AddAccesses, ...]:
    """Return the steps that add services to a key that exists, one a permission, in the order of the grants."""
    offerings: dict[str | None, dict[str, None]] = {}
    for grant in grants:
        offerings.setdefault(grant.permission_id, {})[grant.offering_id] = None
    return tuple(AddAccesses(permission_id, tuple(ids)) for permission_id, ids in offerings.items())


def undo(step: Step) -> Undo:
    """Return what takes a step back."""
    if isinstance(step, CreateKey):
        return DeleteKey()
    return RemoveAccesses(step.permission_id, step.offering_ids)


def key_creation(draft: KeyDraft) -> KeyCreation:
    """Return what is sent to create the key of a draft."""
    is_basic = draft.type is KeyType.BASIC
    return KeyCreation(
        name=draft.name.strip(),
        type=draft.type,
        filters=api_filters(draft.filters),
        login=draft.login if is_basic else None,
        password=draft.password if is_basic else None,
    )
