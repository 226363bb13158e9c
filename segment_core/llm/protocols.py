"""Protocols: how each kind of server is spoken to, through its own library; the key enters in one place only."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from segment_core.errors import ModelError
from segment_core.extras import need
from segment_core.llm.access import ModelAccess

if TYPE_CHECKING:
    from httpx2 import AsyncClient, Request, Response

_PLACEHOLDER = "set-by-strata"
"""What the libraries are given for a key: they neither hold the real one nor look for one in the environment."""

_KEY_HEADERS = {"openai": "Authorization", "azure": "api-key", "anthropic": "x-api-key", "google": "x-goog-api-key"}
_FOREIGN = (*_KEY_HEADERS.values(), "OpenAI-Organization", "OpenAI-Project")
_PACKAGES = {"openai": "openai", "azure": "openai", "anthropic": "anthropic", "google": "google-genai"}
_CONNECT_SECONDS = 10.0


def load(protocol: str = "openai") -> None:
    """Import what is needed before the clock starts; cold, that alone may take seconds.

    Raises
    ------
    MissingExtraError
        If the package that speaks the protocol is not installed.
    """
    need("pydantic-ai")
    package = _PACKAGES[protocol]
    need("google.genai" if package == "google-genai" else package)
    spoken = "openai" if protocol == "azure" else protocol
    import_module(f"pydantic_ai.models.{spoken}")
    import_module(f"pydantic_ai.providers.{'openai_compatible' if spoken == 'openai' else spoken}")


def key_headers(access: ModelAccess) -> dict[str, str]:
    """Return the header that carries the key, none where there is no key."""
    if not access.key:
        return {}
    bearer = access.protocol == "openai"
    return {_KEY_HEADERS[access.protocol]: f"Bearer {access.key}" if bearer else access.key}


class Seen:
    """What the last response said before any library turned it into an error."""

    def __init__(self) -> None:
        self.status: int | None = None
        self.retry_after = ""

    async def note(self, response: "Response") -> None:
        """Note a response's status and when the server wants to be asked again."""
        self.status = response.status_code
        self.retry_after = response.headers.get("Retry-After", "")


def connect(
    access: ModelAccess, seconds: float, seen: Seen | None = None, *, headers: dict[str, str] | None = None
) -> "AsyncClient":
    """Return a client for one call. The key is put in as a request leaves, and nothing else that could be one is.

    No redirects: they would carry the customers' data to an address that nobody entered. Proxies from the environment
    are for the world outside, not for a server on this machine.
    """
    from httpx2 import AsyncClient, Timeout

    signed = key_headers(access) if headers is None else headers

    async def sign(request: "Request") -> None:
        for name in _FOREIGN:
            if name in request.headers:
                del request.headers[name]
        request.headers.update(signed)

    hooks: dict[str, list[Any]] = {"request": [sign], "response": [seen.note] if seen else []}
    return AsyncClient(
        timeout=Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS)),
        follow_redirects=False,
        trust_env=not access.stays_near,
        event_hooks=hooks,
    )


def model_behind(access: ModelAccess, client: "AsyncClient", rung: str) -> Any:
    """Return pydantic-ai's model for an address; its library tries each request once."""
    if access.protocol == "anthropic":
        from anthropic import AsyncAnthropic
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        speaker = AsyncAnthropic(api_key=_PLACEHOLDER, base_url=access.root, http_client=client, max_retries=0)
        return AnthropicModel(
            access.model, provider=AnthropicProvider(anthropic_client=speaker), profile=_profile(access.protocol, rung)
        )
    if access.protocol == "google":
        from pydantic_ai.models.google import GoogleModel
        from pydantic_ai.providers.google import GoogleProvider

        google = GoogleProvider(api_key=_PLACEHOLDER, base_url=access.root, http_client=client)
        return GoogleModel(access.model, provider=google, profile=_profile(access.protocol, rung))
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    provider = OpenAICompatibleProvider("strata", base_url=access.root, api_key=_PLACEHOLDER, http_client=client)
    return OpenAIChatModel(access.model, provider=provider, profile=_profile(access.protocol, rung))


def models_address(access: ModelAccess) -> str:
    """Return where the server lists its models."""
    return access.root + {"anthropic": "/v1/models?limit=200", "google": "/v1beta/models?pageSize=200"}.get(
        access.protocol, "/models"
    )


def embeddings_address(access: ModelAccess) -> str:
    """Return where texts become vectors; Google's server has an OpenAI-compatible one beside its own.

    Raises
    ------
    ModelError
        If the provider offers none.
    """
    if access.protocol == "anthropic":
        raise ModelError(
            "The server {host} offers no embeddings. Enter the address of one that does, such as OpenAI or Ollama.",
            host=access.host,
        )
    return access.root + ("/v1beta/openai" if access.protocol == "google" else "") + "/embeddings"


def embeddings_headers(access: ModelAccess) -> dict[str, str]:
    """Return the header with the key where texts become vectors."""
    return (
        {"Authorization": f"Bearer {access.key}"} if access.key and access.protocol == "google" else key_headers(access)
    )


def _profile(protocol: str, rung: str) -> Any:
    """Tell pydantic-ai what the server can do; plain prompting sends as little beside the messages as it can."""
    able = {"native": {"supports_json_schema_output": True}, "tool": {"supports_tools": True}}
    nothing = {
        "supports_json_object_output": protocol == "google",  # Gemini always knows it, and its library insists on it
        "supports_json_schema_output": False,
        "supports_tools": False,
    }
    return {**nothing, **able.get(rung, {})}
