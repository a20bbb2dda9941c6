"""Letters as mail bytes that Chinese mailboxes read, and the addresses and file names that may stand in them."""

from notifications.mime.addresses import check_address
from notifications.mime.draft import Attachment, Draft, Mailbox
from notifications.mime.filenames import tidy_file_name
from notifications.mime.threads import thread_index
from notifications.mime.writer import write

__all__ = ["Attachment", "Draft", "Mailbox", "check_address", "thread_index", "tidy_file_name", "write"]
