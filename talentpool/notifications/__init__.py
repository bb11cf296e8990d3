"""What a person is told, on the site and by mail, at once or gathered into a digest."""
