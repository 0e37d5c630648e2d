"""What carries the runs out: the run launcher, the Celery worker, heartbeats, and `docpipe up`'s supervisor."""
