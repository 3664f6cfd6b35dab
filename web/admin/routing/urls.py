from django.urls import path

from web.admin.routing import agents, history, overview, skills

urlpatterns = [
    path("", overview.index, name="routing"),
    path("groups/<int:group_id>/", overview.group, name="routing_group"),
    path("agents/", agents.index, name="routing_agents"),
    path("agents/house/", agents.house, name="routing_house"),
    path("agents/roles/<slug:role>/", agents.role, name="routing_role"),
    path("agents/<int:user_id>/", agents.agent, name="routing_agent"),
    path("agents/<int:user_id>/availability/", overview.availability,
         name="routing_availability"),
    path("history/", history.show, name="routing_history"),
    path("history/revert/", history.revert, name="routing_revert"),
    path("skills/", skills.index, name="routing_skills"),
    path("skills/<int:skill_id>/", skills.show, name="routing_skill"),
    path("skills/<int:skill_id>/people/", skills.people, name="routing_skill_people"),
    path("skills/<int:skill_id>/removal/", skills.removal, name="routing_skill_removal"),
    path("skills/<int:skill_id>/rules/new/", skills.new_rule, name="routing_skill_rule"),
    path(
        "skills/<int:skill_id>/rules/<int:rule_id>/removal/", skills.rule_removal,
        name="routing_skill_rule_removal",
    ),
]  # fmt: skip
