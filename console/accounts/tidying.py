"""What accounts need no longer: counters that have been quiet, sign-ins that never came back from the provider."""

from datetime import timedelta

from console.accounts.core import Accounts
from engine.store import throttles, tokens


def tidy(accounts: Accounts) -> int:
    """Drop it; answers how many rows. Sessions, links and tokens stay on record, for they tell who was there."""
    at = accounts.now()
    quiet = at - timedelta(hours=accounts.section.lock_out.forget_hours)
    with accounts.engine.work() as work:
        return throttles.forget(work, quiet) + tokens.forget_requests(work, at)
