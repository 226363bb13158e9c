"""Presets: where well-known services and local servers are found, and an example of a model at each."""

from dataclasses import dataclass

from segment_core.messages import Message, say


@dataclass(frozen=True, slots=True)
class Preset:
    """A service or a program that runs models; `url` and `model` are to be edited, `help` says where a key is got.

    `near` tells whether it usually runs on this machine or in this network.
    """

    label: str
    url: str
    model: str
    help: Message
    near: bool = False


PRESETS: dict[str, Preset] = {
    "openai": Preset(
        "OpenAI", "https://api.openai.com/v1", "gpt-5-mini", say("A key from platform.openai.com, API keys.")
    ),
    "azure": Preset(
        "Azure OpenAI",
        "https://RESOURCE.openai.azure.com",
        "DEPLOYMENT",
        say(
            "Put the name of your resource into the address, and that of your deployment as the model. "
            "The key is in the Azure portal, Keys and Endpoint."
        ),
    ),
    "anthropic": Preset(
        "Anthropic",
        "https://api.anthropic.com",
        "claude-sonnet-4-5",
        say("A key from the Anthropic console, API keys."),
    ),
    "google": Preset(
        "Google Gemini",
        "https://generativelanguage.googleapis.com",
        "gemini-2.5-flash",
        say("A key from Google AI Studio, Get API key."),
    ),
    "deepseek": Preset(
        "DeepSeek", "https://api.deepseek.com/v1", "deepseek-chat", say("A key from platform.deepseek.com, API keys.")
    ),
    "qwen": Preset(
        "Qwen (DashScope)",
        "https://dashscope.aliyuncs.com/compatible-mode/v1",
        "qwen-plus",
        say("A key from the Model Studio console. Outside mainland China the host is dashscope-intl.aliyuncs.com."),
    ),
    "zhipu": Preset(
        "Zhipu GLM", "https://open.bigmodel.cn/api/paas/v4", "glm-4.6", say("A key from open.bigmodel.cn, API keys.")
    ),
    "ollama": Preset(
        "Ollama",
        "http://127.0.0.1:11434/v1",
        "qwen3:8b",
        say("No key. Get the model first: ollama pull qwen3:8b"),
        near=True,
    ),
    "vllm": Preset(
        "vLLM",
        "http://127.0.0.1:8000/v1",
        "Qwen/Qwen3-8B",
        say("No key, unless the server was started with one."),
        near=True,
    ),
    "llamacpp": Preset(
        "llama.cpp server",
        "http://127.0.0.1:8080/v1",
        "default",
        say("No key, unless the server was started with one. It answers with the model that it was started with."),
        near=True,
    ),
    "lmstudio": Preset(
        "LM Studio",
        "http://127.0.0.1:1234/v1",
        "qwen3-8b",
        say("No key. Start the server in LM Studio, Developer, and load a model."),
        near=True,
    ),
    "other": Preset(
        "Another server",
        "",
        "",
        say(
            "Any OpenAI-compatible address; it often ends in /v1. For a gateway that speaks as Anthropic, Google or "
            "Azure do, put anthropic+, google+ or azure+ in front of https://."
        ),
    ),
}


def preset_of(url: str) -> str:
    """Return the preset whose address begins this one, "other" where there is none."""
    asked = url.strip().rstrip("/").lower()
    for name, preset in PRESETS.items():
        if preset.url and asked.startswith(preset.url.lower()):
            return name
    return "azure" if asked.split("/openai")[0].endswith((".openai.azure.com", ".openai.azure.cn")) else "other"
