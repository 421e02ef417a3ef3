"""Forms with files, as `multipart/form-data` (RFC 7578)."""

import re
from dataclasses import dataclass
from email.parser import BytesHeaderParser

from simulator.api.frame import Call

BOUNDARY = re.compile(r'boundary="?([^";,]+)"?', re.IGNORECASE)


class NotAForm(Exception):
    """A body that is said to be something else than a form."""


class BoundaryMissing(Exception):
    """A form that doesn't say what lies between its parts."""


@dataclass(frozen=True, slots=True)
class Part:
    """One field or file of a form; `filename` is None for a plain field."""

    name: str
    filename: str | None
    media_type: str
    content: bytes

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode("utf-8", "replace")


def find_boundary(call: Call) -> str | None:
    """What lies between the parts of a form, None where its media type doesn't say."""
    found = BOUNDARY.search(call.headers.get("content-type", ""))
    return None if found is None else found[1]


def read_parts(call: Call) -> list[Part]:
    """Read a form; raises `NotAForm` or `BoundaryMissing`."""
    if call.media_type != "multipart/form-data":
        raise NotAForm
    boundary = find_boundary(call)
    if boundary is None:
        raise BoundaryMissing
    delimiter = b"--" + boundary.encode("latin-1")
    sections = (b"\r\n" + call.body).split(b"\r\n" + delimiter)
    parts = []
    for section in sections[1:]:
        if section.startswith(b"--"):
            break
        head, _, content = section.partition(b"\r\n\r\n")
        headers = BytesHeaderParser().parsebytes(head.strip(b"\r\n") + b"\r\n\r\n")
        name = headers.get_param("name", header="content-disposition")
        filename = headers.get_filename()
        parts.append(Part(str(name or ""), filename, headers.get_content_type(), content))
    return parts
