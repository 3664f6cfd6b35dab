"""Service levels: what is measured, what was promised, when it is broken (docs/rules.md, "SLA")."""
