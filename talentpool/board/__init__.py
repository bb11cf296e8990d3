"""The public board: needs that ministries let everybody read, searched and followed."""
