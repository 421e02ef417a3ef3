"""Encodes forms: the parts of `multipart/form-data` (RFC 7578) and `application/x-www-form-urlencoded`."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a part of a form."""

    filename: str
    content: bytes
    media_type: str = "application/octet-stream"


Field: TypeAlias = Upload | bytes | str | bool | int | float
Form: TypeAlias = Mapping[str, Field | Sequence[Field]]


def show_scalar(value: object) -> str:
    """Write a value the way JSON does, a text as it is."""
    match value:
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def encode_multipart(form: Form) -> tuple[str, bytes]:
    """Return the media type with its boundary and the content; the same form is always encoded the same."""
    parts = [_part(name, field) for name, value in form.items() for field in _fields(value)]
    boundary = _boundary(parts)
    delimiter = f"--{boundary}".encode()
    content = b"".join(delimiter + b"\r\n" + part + b"\r\n" for part in parts) + delimiter + b"--\r\n"
    return f"multipart/form-data; boundary={boundary}", content


def _fields(value: Field | Sequence[Field]) -> Iterator[Field]:
    match value:
        case Upload() | bytes() | str() | bool() | int() | float():
            yield value
        case _:
            yield from value


def _part(name: str, field: Field) -> bytes:
    disposition = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    match field:
        case Upload(filename, content, media_type):
            head = f'{disposition}; filename="{_quoted(filename)}"\r\nContent-Type: {media_type}'
        case bytes():
            head, content = f"{disposition}\r\nContent-Type: application/octet-stream", field
        case _:
            head, content = disposition, show_scalar(field).encode()
    return head.encode() + b"\r\n\r\n" + content


def _quoted(name: str) -> str:
    """Escape as the WHATWG's encoding of multipart forms does."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _boundary(parts: Sequence[bytes]) -> str:
    """Derive a boundary from the content, and on until the content does not hold it (RFC 2046, 5.1.1)."""
    digest = hashlib.blake2b(b"\0".join(parts), digest_size=16)
    while any(digest.hexdigest().encode() in part for part in parts):
        digest.update(b"\0")
    return digest.hexdigest()
