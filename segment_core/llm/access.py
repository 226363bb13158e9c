"""Access: where a language model is, what it is called, and the key to it."""

import ipaddress
import re
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from segment_core.errors import ModelError

PROTOCOLS = ("openai", "azure", "anthropic", "google")
"""How a server is spoken to; before a `+` it may stand in front of an address whose host does not tell."""

_PREFIX = re.compile(rf"({'|'.join(PROTOCOLS)})\+")
_AZURE = (".openai.azure.com", ".openai.azure.cn", ".cognitiveservices.azure.com", ".services.ai.azure.com")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*\.?[A-Za-z0-9_-])*\.?|[0-9a-fA-F:.]+(?:%\w+)?")


@dataclass(frozen=True, slots=True)
class ModelAccess:
    """An address with a model behind it. The key never appears in its repr.

    The address tells which way the model is spoken to: those of OpenAI-compatible servers need nothing, nor do those
    of Anthropic, Google and Azure; a gateway to one of these takes a prefix, as in `anthropic+https://gateway/`.

    Examples
    --------
    >>> ModelAccess("http://127.0.0.1:11434/v1", "qwen3:8b", "secret")
    ModelAccess(url='http://127.0.0.1:11434/v1', model='qwen3:8b')
    """

    url: str
    model: str
    key: str = field(default="", repr=False)

    @property
    def protocol(self) -> str:
        """Return which of `PROTOCOLS` is spoken at the address."""
        if prefix := _PREFIX.match(self.url.strip()):
            return prefix[1]
        found = _split(self.url)
        name = (found.hostname or "").rstrip(".")
        if name == "api.anthropic.com":
            return "anthropic"
        if name == "generativelanguage.googleapis.com" and "/openai" not in found.path:
            return "google"
        return "azure" if name.endswith(_AZURE) else "openai"

    @property
    def root(self) -> str:
        """Return the address without the prefix, down to where the protocol's own paths begin.

        What is often pasted with it (`/v1`, `/v1beta`, a deployment at Azure) is taken off or set right.
        """
        base = _PREFIX.sub("", self.url.strip(), count=1).rstrip("/")
        if self.protocol == "anthropic":
            return base.removesuffix("/messages").removesuffix("/v1")
        if self.protocol == "google":
            return base.removesuffix("/models").removesuffix("/v1beta")
        return re.split(r"/openai(?:/|$)", base)[0] + "/openai/v1" if self.protocol == "azure" else base

    @property
    def host(self) -> str:
        """Return host and port, for messages: never user names, keys or paths."""
        found = _split(self.url)
        port = f":{found.port}" if found.port else ""
        return f"{found.hostname}{port}"

    @property
    def stays_near(self) -> bool:
        """Tell whether the server is on this machine or its private network, judged by the address alone."""
        name = _split(self.url).hostname or ""
        if name == "localhost" or name.endswith((".localhost", ".local")):
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or address.is_private

    @property
    def stays_here(self) -> bool:
        """Tell whether the server is on this machine itself, judged by the address alone."""
        return is_here(_split(self.url).hostname or "")

    def checked(self) -> "ModelAccess":
        """Return this access if it can be used.

        Raises
        ------
        ModelError
            If there is no address or no model name, or the address is not a plain http or https one.
        """
        if not self.url.strip():
            raise ModelError("No language model is set up. Choose one in the settings, or enter its address.")
        _split(self.url)
        if not self.model.strip():
            raise ModelError("No model name is given for the server {host}. Enter one that it offers.", host=self.host)
        if any(not 32 < ord(letter) < 127 for letter in self.key):
            raise ModelError("The key for {host} holds spaces or unusual characters. Copy it again.", host=self.host)
        return self


def is_here(host: str) -> bool:
    """Tell whether a host, with a port or without, is this machine itself.

    Examples
    --------
    >>> is_here("127.0.0.1:8000"), is_here("localhost"), is_here("::1"), is_here("api.openai.com")
    (True, True, True, False)
    """
    for name in (host, re.sub(r":\d+$", "", host).strip("[]")):  # "::1:80" may be either
        if name == "localhost" or name.endswith(".localhost"):
            return True
        with suppress(ValueError):
            if ipaddress.ip_address(name).is_loopback:
                return True
    return False


def _split(url: str) -> SplitResult:
    try:
        found = urlsplit(_PREFIX.sub("", url.strip(), count=1))
        fits = found.scheme in ("http", "https") and bool(_HOST.fullmatch(found.hostname or "")) and found.port != 0
    except ValueError:
        fits = False
    unusual = any(not 32 < ord(letter) < 127 for letter in url.strip())
    if unusual or not fits or found.username or found.password or found.query or found.fragment:
        raise ModelError(
            "The address of the language model must look like http://127.0.0.1:11434/v1 or https://host/v1, "
            "with no user name, question mark or # in it."
        )
    return found
