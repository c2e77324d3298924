"""What a summary says, chapter by chapter. A chapter yields parts; each has a key of its own that
stays the same however the records change, so that what people wrote in its place finds it again."""
