"""Records of one person or organisation that were entered twice: found, merged, separated again."""
