"""What measures the ranking: relevance's data, speed, weights, and how alike it treats people. It ranks nobody."""
