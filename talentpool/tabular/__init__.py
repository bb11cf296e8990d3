"""JSON Lines, CSV and XLSX in and out: hostile until parsed, and reported row by row."""
