"""The stream of run events as NDJSON: one event a line, readable while it is being written."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from simulator.core.errors import UserError
from simulator.results.events import Event

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def write_event(event: Event) -> str:
    """Write one event as one line of JSON, with its newline."""
    return _encoder.encode(event).decode() + "\n"


def read_events(file: Path) -> Iterator[Event]:
    """Read a stream of events; raises UserError with file and line where a line is no event."""
    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise UserError(f"expected a stream of run events, came: {error.strerror}", file=file) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _decoder.decode(line)
        except msgspec.MsgspecError as error:
            raise UserError(f"expected a run event, came: {error}", file=file, line=number) from error
