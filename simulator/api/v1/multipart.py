"""Forms with files, as `multipart/form-data` (RFC 7578)."""

import re
from dataclasses import dataclass
from email.parser import BytesHeaderParser

from simulator.api.frame import Call
from simulator.api.v1.rest_error import RestError

BOUNDARY = re.compile(r'boundary="?([^";,]+)"?', re.IGNORECASE)


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


def read_parts(call: Call) -> list[Part]:
    """Read a form; raises `RestError` 415 where the body is none, 400 where it says no boundary."""
    content_type = call.headers.get("content-type", "")
    if call.media_type != "multipart/form-data":
        raise RestError(415, "NotSupportedException", "HTTP 415 Unsupported Media Type")
    found = BOUNDARY.search(content_type)
    if found is None:
        raise RestError(400, "RestException", "multipart/form-data cannot be processed")
    delimiter = b"--" + found[1].encode("latin-1")
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
