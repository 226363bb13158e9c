"""Access: where a language model is, what it is called, and the key to it."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from segment_core.errors import ModelError

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*\.?[A-Za-z0-9_-])*\.?|[0-9a-fA-F:.]+(?:%\w+)?")


@dataclass(frozen=True, slots=True)
class ModelAccess:
    """An OpenAI-compatible address with a model behind it. The key never appears in its repr.

    Examples
    --------
    >>> ModelAccess("http://127.0.0.1:11434/v1", "qwen3:8b", "secret")
    ModelAccess(url='http://127.0.0.1:11434/v1', model='qwen3:8b')
    """

    url: str
    model: str
    key: str = field(default="", repr=False)

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
        name = _split(self.url).hostname or ""
        if name == "localhost" or name.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False

    def checked(self) -> "ModelAccess":
        """Return this access if it can be used.

        Raises
        ------
        ModelError
            If there is no address or no model name, or the address is not a plain http or https one.
        """
        if not self.url.strip():
            raise ModelError("No language model is set up. Enter the address of an OpenAI-compatible server.")
        _split(self.url)
        if not self.model.strip():
            raise ModelError("No model name is given for the server {host}. Enter one that it offers.", host=self.host)
        if any(not 32 < ord(letter) < 127 for letter in self.key):
            raise ModelError("The key for {host} holds spaces or unusual characters. Copy it again.", host=self.host)
        return self


def _split(url: str) -> SplitResult:
    try:
        found = urlsplit(url.strip())
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
