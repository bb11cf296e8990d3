"""CVs: a file checked and read in a process of its own, then proposed to its author line by line."""
