"""docpipe's tables, their migrations, and the buckets."""
