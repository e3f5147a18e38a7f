"""Live push: the only way from a thread to open sockets.

`async_to_sync(group_send)` from a thread reaches an idle socket seconds late; handing the coroutine to
the server's own loop takes under a millisecond.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings

_loop: asyncio.AbstractEventLoop | None = None


def attach(loop: asyncio.AbstractEventLoop | None) -> None:
    """Tell the helper which loop holds the sockets; None when the server stops."""
    global _loop
    _loop = loop


def push(group: str, event: Mapping[str, Any]) -> None:
    """Send `event` (ids and rendered parts the reader may see; needs a "type") to every socket of `group`."""
    layer = get_channel_layer()
    if layer is None:
        return
    if _loop is not None:
        asyncio.run_coroutine_threadsafe(layer.group_send(group, dict(event)), _loop)
    elif settings.REDIS_URL:  # A command beside the server: the layer is shared, the loop is not.
        async_to_sync(layer.group_send)(group, dict(event))
