"""What the agency keeps on its cases: notes, calls, who follows what until when, and what others confirm."""
