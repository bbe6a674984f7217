"""Statements that leave by themselves: monthly, quarterly, as the company wishes (S26b).

- ``operations``: create, change, archive, restore, delete a schedule.
- ``running.run_due(now)``: what an hourly job calls; each turn of a schedule happens once.
"""
