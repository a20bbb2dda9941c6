"""Papers out: drafts in the form of official papers, and sheets; the only place that writes such files."""
