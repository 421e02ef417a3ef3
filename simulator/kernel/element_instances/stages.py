"""The stages of an element instance; what moves it from where to where is the table below."""

NEW = ""
"""A process instance that does nothing yet."""

ACTIVATING = "activating"
ACTIVE = "active"
COMPLETING = "completing"
TERMINATING = "terminating"
COMPLETED = "completed"
TERMINATED = "terminated"

STAGES = {
    (NEW, "activated"): ACTIVE,
    (ACTIVATING, "activated"): ACTIVE,
    (ACTIVATING, "terminate"): TERMINATING,
    (ACTIVE, "complete"): COMPLETING,
    (ACTIVE, "completed"): COMPLETED,
    (ACTIVE, "terminate"): TERMINATING,
    (COMPLETING, "completed"): COMPLETED,
    (COMPLETING, "terminate"): TERMINATING,
    (TERMINATING, "terminated"): TERMINATED,
}
"""Every transition there is; elements without results complete straight from active."""
