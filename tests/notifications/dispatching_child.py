"""A dispatcher in a process of its own: database, port of the mail server and the time come on the command line."""

import sys
from datetime import datetime

import toy
import toypost

from engine.clock import FixedClock
from engine.store.database import Database
from notifications.dispatch import Dispatcher
from notifications.smtp import Relay

if __name__ == "__main__":
    url, port, now = sys.argv[1:]
    field = toy.reopen(Database(url, durable=False), FixedClock(datetime.fromisoformat(now)))
    post = toypost.post_of(field, relay=Relay.on_loopback(int(port)))
    Dispatcher(post, "child").run_once()
