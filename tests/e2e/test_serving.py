"""What counts as a fault in a server's log: every exception, but for browsers that hung up."""

from tests.e2e.serving import faults

HUNG_UP = """Exception in ASGI application
Traceback (most recent call last):
  File "streamlit/web/server/starlette/starlette_websocket.py", line 524, in _websocket_endpoint
    await websocket.close()
starlette.websockets.WebSocketDisconnected: Cannot call "send" once a close message has been sent.
"""
OURS = """Uncaught app execution
Traceback (most recent call last):
  File "/strata/pages/_shared/state.py", line 1, in study
KeyError: 'x'
"""


def test_browsers_that_hang_up_are_no_fault_and_everything_else_is() -> None:
    assert faults("Started\n" + HUNG_UP + "Stopping...\n") == ""
    assert faults(OURS) == OURS
    assert "KeyError" in faults(HUNG_UP + OURS + HUNG_UP)
    other = HUNG_UP.replace("starlette.websockets.WebSocketDisconnected", "ValueError")
    assert "ValueError" in faults(other + HUNG_UP)
    within = HUNG_UP.replace("streamlit/web", "segment_core/web")
    assert "segment_core" in faults(within)
