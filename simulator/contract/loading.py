"""Loads the contract of a product's release, compiled once and kept on disk."""

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from simulator.contract.compiling import compile_contract
from simulator.contract.model import Contract
from simulator.contract.reading import read_yaml
from simulator.contract.releases import read_release, restrict
from simulator.core.errors import UserError
from simulator.core.resources import cache_folder, specs_folder

FORM = 1
"""Counts up when the compiled form changes, so that what an older version kept is not read."""

DIGEST_BYTES = 16


@cache
def load(product: str, release: str | None = None) -> Contract:
    """Load `specs/openapi/<product>.yaml` for a release, the document's own where none is given.

    Raises UserError on an unknown product, a release that is none, or a document that cannot be read.
    """
    folder = specs_folder() / "openapi"
    file = folder / f"{product}.yaml"
    if not file.is_file():
        known = ", ".join(sorted(found.stem for found in folder.glob("*.yaml"))) or "none"
        raise UserError(f"no contract of this name, there are: {known}", file=file)
    return load_file(file, release, _contracts_cache())


def load_file(file: Path, release: str | None, cache: Path | None) -> Contract:
    """Load one document by its path, by way of the cache folder if there is one.

    A cache that is damaged, stale or not writable is passed over.
    """
    content = file.read_bytes()
    kept = None if cache is None else cache / f"{file.stem}-{_key(file.stem, content, release)}.contract"
    contract = None if kept is None else _read_kept(kept)
    if contract is None:
        contract = _compile(file, content, release)
        if kept is not None:
            _keep(contract, kept)
    return contract


def _contracts_cache() -> Path | None:
    try:
        return cache_folder() / "contracts"
    except UserError:
        return None


def _key(product: str, content: bytes, release: str | None) -> str:
    told = f"{FORM}\n{product}\n{release}\n".encode()
    return hashlib.blake2b(told + content, digest_size=DIGEST_BYTES).hexdigest()


def _compile(file: Path, content: bytes, release: str | None) -> Contract:
    document = read_yaml(content, file)
    try:
        meant = release if release is not None else _own_release(document)
        return compile_contract(file.stem, meant, restrict(document, read_release(meant)))
    except UserError as error:
        raise UserError(error.message, file=file) from error


def _own_release(document: Any) -> str:
    match document:
        case {"info": {"version": str(version)}}:
            return version
    raise UserError(
        "expected an OpenAPI document whose info.version is a text, the newest release it describes"
    )


def _read_kept(file: Path) -> Contract | None:
    """Return what the cache holds, or None: a digest in front of the content shows damage."""
    try:
        content = file.read_bytes()
        digest, packed = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
        if hashlib.blake2b(packed, digest_size=DIGEST_BYTES).digest() != digest:
            return None
        return msgspec.msgpack.decode(packed, type=Contract)
    except (OSError, msgspec.DecodeError):
        return None


def _keep(contract: Contract, file: Path) -> None:
    """Write beside the place and move, so that another process never reads half a file."""
    packed = msgspec.msgpack.encode(contract)
    digest = hashlib.blake2b(packed, digest_size=DIGEST_BYTES).digest()
    draft = file.with_suffix(f".{os.urandom(8).hex()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_bytes(digest + packed)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError:
        return
