"""Who an enterprise is across the years: wrongly doubled ones merged, wrongly joined ones split, names that change."""

from workflows.benchmarking.identity.deciding import Joined
from workflows.benchmarking.identity.merging import merge
from workflows.benchmarking.identity.naming import rename
from workflows.benchmarking.identity.splitting import NewOne, split

__all__ = ["Joined", "NewOne", "merge", "rename", "split"]
