"""XML that is not well-formed, in the words of the parser of live Camunda 7.24."""

import re
from collections.abc import Sequence

OPEN = "XML document structures must start and end within the same entity."
DOCTYPE = 'DOCTYPE is disallowed when the feature "http://apache.org/xml/features/disallow-doctype-decl" set to true.'
WORDINGS: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"document type declaration", DOCTYPE),
        (
            r"Opening and ending tag mismatch: (\S+)",
            r'The element type "\1" must be terminated by the matching end-tag "</\1>".',
        ),
        (
            r"Premature end of data|EndTag: '</' not found|Comment not terminated|Couldn't find end of Start Tag",
            OPEN,
        ),
        (r"Entity '([^']+)' not defined", r'The entity "\1" was referenced, but not declared.'),
        (
            r"Extra content at the end",
            "The markup in the document following the root element must be well-formed.",
        ),
        (
            r"Namespace prefix (\S+) on (\S+) is not defined",
            r'The prefix "\1" for element "\1:\2" is not bound.',
        ),
        (
            r"xmlParseEntityRef: no name",
            "The entity name must immediately follow the '&' in the entity reference.",
        ),
        (
            r"XML declaration allowed only",
            'The processing instruction target matching "[xX][mM][lL]" is not allowed.',
        ),
        (r"Start tag expected|Document is empty", "Content is not allowed in prolog."),
    )
)


def worded(message: str, content: bytes) -> str:
    """The engine's text for what our own parser says of a file; that text itself where there is no counterpart."""
    if not content.strip():
        return "Premature end of file."
    for pattern, text in WORDINGS:
        found = pattern.search(message)
        if found is not None:
            return found.expand(text) if "\\" in text else text
    return message
