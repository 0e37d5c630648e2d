"""One module an asset."""
