"""The campaign's own records: tables on the engine's metadata and the statements that read and write them."""

from workflows.benchmarking.records import schema

__all__ = ["schema"]
