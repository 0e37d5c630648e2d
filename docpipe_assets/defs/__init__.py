"""What Dagster sees. Thin: no reading of drawings, no SQL, no files."""
