"""Ministries and the bodies around them: names that change with governments, and their members."""
