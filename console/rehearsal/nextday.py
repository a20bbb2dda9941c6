"""One more day of a rehearsal: the evening of the day it stands on, and the next morning."""

from datetime import timedelta

from console.bootstrap import House
from console.rehearsal.stepping import EVENING, Stepper
from engine.clock import at_morning, local_day

DESK: str = "09:00"
"""When people are at their desks; the clock stays there for them."""


def live_next_day(house: House) -> None:
    """The same jobs as in a rehearsal from beginning to end, for one day."""
    today = local_day(house.engine.clock.now(), house.engine.zone)
    stepper = Stepper(house)
    stepper.do_jobs(today, EVENING)
    tomorrow = today + timedelta(days=1)
    stepper.live(tomorrow)
    house.set_clock(at_morning(tomorrow, DESK, house.engine.zone))
    stepper.look_ahead()
