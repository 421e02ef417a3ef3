"""The stages of an element instance; which command moves it from where to where is the table below."""

ACTIVATING = "activating"
ACTIVE = "active"
COMPLETING = "completing"
TERMINATING = "terminating"
COMPLETED = "completed"
TERMINATED = "terminated"

STAGES = {
    (ACTIVATING, "activated"): ACTIVE,
    (ACTIVATING, "terminate"): TERMINATING,
    (ACTIVE, "complete"): COMPLETING,
    (ACTIVE, "terminate"): TERMINATING,
    (COMPLETING, "completed"): COMPLETED,
    (COMPLETING, "terminate"): TERMINATING,
    (TERMINATING, "terminated"): TERMINATED,
}
"""Every transition there is; elements without results complete straight from active."""
