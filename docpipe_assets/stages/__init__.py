"""How a stage runs over the pages of a document: skip what is done, share out, checkpoint, fail."""
