"""Errors: what an analyst can mend, in one sentence that is shown as it stands."""

from segment_core.messages import Message, Value


class SegmentError(Exception):
    """Say what was found, what was needed and what to do. Anything else that is raised is a bug.

    Examples
    --------
    >>> str(DataError("The file {name} is empty.", name="a.csv"))
    'The file a.csv is empty.'
    """

    def __init__(self, template: str, /, **values: Value) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))


class DataError(SegmentError):
    """The customer file cannot be used as it is."""


class OptionError(SegmentError):
    """A chosen option does not fit the data or its own limits."""


class MissingExtraError(SegmentError):
    """A choice needs a package or a file that is not installed."""


class ModelError(SegmentError):
    """A language model or an encoder could not be loaded, or did not answer usably."""


class Cancelled(Exception):  # noqa: N818 - not an error: the analyst asked for it
    """Raised out of a `progress` call to stop long work."""
