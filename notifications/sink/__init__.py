"""A small mail server on loopback that writes what it takes into a folder, for rehearsals and demonstrations."""

from notifications.sink.process import SinkProcess

__all__ = ["SinkProcess"]
