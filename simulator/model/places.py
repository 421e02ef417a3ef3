"""Where in a file its elements stand, as a SAX parser tells it."""

from xml.parsers import expat

Place = tuple[int, int]
"""Line and column, both from 1."""


def start_tag_ends(content: bytes) -> tuple[list[Place], Place]:
    """The place right behind the start tag of each element, in document order, and that behind the last end tag.

    The content has to be well-formed.
    """
    starts: list[int] = []
    ends: list[int] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _name, _attributes: starts.append(parser.CurrentByteIndex)
    parser.EndElementHandler = lambda _name: ends.append(parser.CurrentByteIndex)
    parser.Parse(content, True)
    lines = _line_starts(content)
    behind = [_place(content, lines, _tag_end(content, start)) for start in starts]
    return behind, _place(content, lines, _tag_end(content, ends[-1]))


def _line_starts(content: bytes) -> list[int]:
    starts = [0]
    found = content.find(b"\n")
    while found >= 0:
        starts.append(found + 1)
        found = content.find(b"\n", found + 1)
    return starts


def _tag_end(content: bytes, start: int) -> int:
    """The offset behind the `>` that ends a tag; one inside quotes does not."""
    quote = 0
    for offset in range(start, len(content)):
        byte = content[offset]
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in (0x22, 0x27):
            quote = byte
        elif byte == 0x3E:
            return offset + 1
    return len(content)


def _place(content: bytes, lines: list[int], offset: int) -> Place:
    low, high = 0, len(lines)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if lines[middle] <= offset else (low, middle)
    return low + 1, len(content[lines[low] : offset].decode("utf-8", "replace")) + 1
