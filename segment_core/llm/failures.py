"""Failures: what went wrong between us and a language model, in one sentence that says what to do."""

from segment_core.errors import ModelError
from segment_core.llm.access import ModelAccess

_NOT_UNDERSTOOD = (400, 405, 406, 415, 422, 501)
"""What servers answer to a form of output that they do not know."""


def is_about_form(error: BaseException, status: int | None = None) -> bool:
    """Tell whether asking in a plainer form may help; `status` is what the server answered, if it refused."""
    from pydantic_ai.exceptions import ContentFilterError, ModelHTTPError, UnexpectedModelBehavior, UserError

    if status is not None or isinstance(error, ModelHTTPError):
        return (status or getattr(error, "status_code", None)) in _NOT_UNDERSTOOD
    if isinstance(error, ContentFilterError):
        return False
    return isinstance(error, UnexpectedModelBehavior | UserError | ValueError)


def explained(error: BaseException, access: ModelAccess, status: int | None = None) -> ModelError:
    """Turn a failure into a sentence; never with the server's own words, which may hold anything."""
    from httpx2 import TimeoutException
    from pydantic_ai.exceptions import ModelTimeoutError

    model, host = access.model, access.host
    status = status or getattr(error, "status_code", None) or getattr(error.__cause__, "status_code", None)
    if isinstance(status, int):
        return _explained_status(status, model, host)
    if isinstance(error, TimeoutError | ModelTimeoutError | TimeoutException):
        return ModelError(
            "The model {model} at {host} did not answer in time. Allow it more, or choose a faster model.",
            model=model,
            host=host,
        )
    return ModelError(
        "The server {host} cannot be reached. Check the address, and that the server is running.", host=host
    )


def _explained_status(status: int, model: str, host: str) -> ModelError:
    if status in (401, 403):
        return ModelError(
            "The server {host} refused the key (status {status}). Check the key.", host=host, status=status
        )
    if status == 404:
        return ModelError(
            "The server {host} does not know the address or the model {model} (status 404). "
            "Check both; the address often ends in /v1.",
            host=host,
            model=model,
        )
    if status == 429:
        return ModelError(
            "The server {host} takes no more requests at the moment (status 429). "
            "Wait a little, or check what your plan allows.",
            host=host,
        )
    if 300 <= status < 400:
        return ModelError(
            "The server {host} points to another address (status {status}), which is not followed. "
            "Enter the final address.",
            host=host,
            status=status,
        )
    if status >= 500:
        return ModelError(
            "The server {host} failed to answer (status {status}). Try again later, or look at the server.",
            host=host,
            status=status,
        )
    return ModelError(
        "The server {host} refused the request for model {model} (status {status}). Check key, address and model.",
        host=host,
        model=model,
        status=status,
    )
