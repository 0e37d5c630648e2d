"""What can go wrong, as types: a stage decides by type whether to retry, to go on or to stop.

Every message is one plain sentence for the person who uploaded the document: what happened to
which document or page, and what to do about it.
"""

from docpipe_assets.vocabulary import ErrorCode


class DocpipeError(Exception):
    """The root of docpipe's own errors; its text is the sentence that a person reads."""


class PermanentError(DocpipeError):
    """Trying again gives the same answer. `code` says what it is, `message` says it in words."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


class DocumentError(PermanentError):
    """Nothing of the document can be processed, now or on a retry."""


class PageError(PermanentError):
    """One page cannot be processed, now or on a retry; the document's other pages can."""


class RunEndedError(DocpipeError):
    """The run was ended by a person, or given to another worker; what it had in hand is to be dropped."""


class TransientError(DocpipeError):
    """It may well work on the next try: a lost connection, a throttled call, an object in motion."""
