"""One small module per file format: bytes → SourceText."""
