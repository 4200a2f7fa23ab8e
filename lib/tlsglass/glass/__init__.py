"""What a glass is made of: units and the materials of Table I."""
