"""What can be wrong with a model before any engine has an opinion."""

from simulator.core.errors import UserError


class ModelError(UserError):
    """A file that is no usable model; the message says what was expected, what came, and where."""


class NotWellFormed(ModelError):
    """The XML does not parse."""


class TooLarge(ModelError):
    """A file over one of the limits of size, depth or entities."""
