"""Local servers that speak the protocols of paid services, for tests and for the demo."""
