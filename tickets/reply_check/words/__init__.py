"""Word lists of the rules, by language where that helps: data, not logic."""
