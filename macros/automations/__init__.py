"""Automations at work: what time does to tickets (domain-standards.md §3, "Automation run").

Instead of looking at every ticket each hour, the moment at which an automation has to look at a
ticket is computed when either of them changes, and kept in AutomationDue. Nothing else is touched.
"""
