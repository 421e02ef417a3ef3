"""What Camunda 8 shows of an instance by its searches (8.8 and later)."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from simulator.targets.adapt_camunda8 import CORRELATION_VARIABLE
from simulator.targets.camunda8_values import read_value
from simulator.targets.connection import Connection
from simulator.targets.protocol import InstanceView, Refused
from simulator.targets.rest import path
from simulator.targets.scopes import Scoped, gather_local

PAGE = 1_000

BODY = "MULTI_INSTANCE_BODY"
CONTAINERS = frozenset(
    {
        "PROCESS",
        "SUB_PROCESS",
        "EVENT_SUB_PROCESS",
        "AD_HOC_SUB_PROCESS",
        "AD_HOC_SUB_PROCESS_INNER_INSTANCE",
        BODY,
    }
)
"""Elements that hold others: what is active in them is shown instead, unless they are stuck themselves."""

BODY_SUFFIX = "#multiInstanceBody"
"""Camunda 7's name for the body of a loop, which here has the id of its activity."""

BY_END: list[dict[str, str]] = [{"field": "endDate", "order": "ASC"}]

Row: TypeAlias = Mapping[str, Any]


class SearchViewer:
    """Reads instances by searching; what was just done may be missing still (eventual consistency)."""

    def __init__(self, connection: Connection) -> None:
        self._rest = connection.rest
        self._names = connection.names
        self._ownership = connection.ownership

    def look(self, instance: str, wanted: frozenset[str]) -> InstanceView:
        """Show what is wanted."""
        ended = self.ended(instance)
        needs_rows = bool(wanted & {"at", "passed", "cancelled", "local"})
        rows = self.element_rows(instance) if needs_rows else []
        values = self._values(instance) if wanted & {"variables", "local"} else []
        passed = [row for row in rows if row["state"] == "COMPLETED"]
        return InstanceView(
            ended=ended,
            at=sorted(_element(row) for row in rows if _is_active_leaf(row)) if "at" in wanted else None,
            passed=[_element(row) for row in self._in_order(passed)] if "passed" in wanted else None,
            cancelled=sorted(_element(row) for row in rows if row["state"] == "TERMINATED")
            if "cancelled" in wanted
            else None,
            variables=_root(values, instance) if "variables" in wanted else None,
            local=_local(values, rows, instance, bool(ended)) if "local" in wanted else None,
            incidents=self._shown_incidents(instance) if "incidents" in wanted else None,
            tasks=self._shown_tasks(instance) if "tasks" in wanted else None,
        )

    def ended(self, instance: str) -> bool | None:
        """Whether an instance is over; None while the searches do not know it yet."""
        try:
            row = self._rest.get("getProcessInstance", path("process-instances", instance))
        except Refused as refused:
            if refused.answer.status != 404:
                raise
            return None
        return row["state"] in ("COMPLETED", "TERMINATED", "CANCELED")

    def search(
        self,
        operation: str,
        where: str,
        wanted: Mapping[str, object],
        sort: list[dict[str, str]] | None = None,
    ) -> list[Row]:
        """All items of a search, page by page."""
        found: list[Row] = []
        body: dict[str, Any] = {"filter": wanted, "page": {"limit": PAGE}}
        if sort is not None:
            body["sort"] = sort
        while True:
            answer = self._rest.post(operation, where, body)
            found.extend(answer["items"])
            cursor = answer["page"].get("endCursor")
            if len(answer["items"]) < PAGE or cursor is None:
                self._ownership.add(found)
                return found
            body["page"] = {"limit": PAGE, "after": cursor}

    def element_rows(self, instance: str) -> list[Row]:
        """The element instances of an instance, what is over in the order in which it ended."""
        wanted = {"processInstanceKey": instance}
        rows = self.search("searchElementInstances", "/element-instances/search", wanted, BY_END)
        return [row for row in rows if row["type"] != "PROCESS"]

    def incidents(self, instance: str) -> list[Row]:
        """The incidents of an instance that are not resolved."""
        wanted = {"processInstanceKey": instance, "state": "ACTIVE"}
        return self.search("searchIncidents", "/incidents/search", wanted)

    def tasks(self, instance: str) -> list[Row]:
        """The open user tasks of an instance."""
        wanted = {"processInstanceKey": instance, "state": "CREATED"}
        return self.search("searchUserTasks", "/user-tasks/search", wanted)

    def called(self, instance: str, element: str) -> list[str]:
        """The instances that a call activity started, oldest first."""
        wanted: dict[str, object] = {"processInstanceKey": instance, "elementId": element}
        rows = self.search("searchElementInstances", "/element-instances/search", wanted)
        callers = {row["elementInstanceKey"] for row in rows}
        wanted = {"parentProcessInstanceKey": instance}
        children = self.search("searchProcessInstances", "/process-instances/search", wanted)
        keys = [row["processInstanceKey"] for row in children if row["parentElementInstanceKey"] in callers]
        return sorted(map(str, keys), key=int)

    def _values(self, instance: str) -> list[Row]:
        wanted = {"processInstanceKey": instance}
        rows = self.search("searchVariables", "/variables/search?truncateValues=false", wanted)
        return [row for row in rows if row["name"] != CORRELATION_VARIABLE]

    def _in_order(self, rows: list[Row]) -> list[Row]:
        """Order what ended within one millisecond at a server that leaves that open.

        Keys count up as elements begin, so what began earlier comes first, but what holds others ends after
        them. The built-in simulator's own order is kept.
        """
        if not self._names.are_foreign:
            return rows
        last = {row["elementInstanceKey"]: self._last_inside(row) for row in rows}

        def order(row: Row) -> tuple[str, int, int]:
            key = int(row["elementInstanceKey"])
            return str(row["endDate"]), last[row["elementInstanceKey"]], -key

        return sorted(rows, key=order)

    def _last_inside(self, row: Row) -> int:
        last = int(row["elementInstanceKey"])
        pending = [row] if row["type"] in CONTAINERS else []
        while pending:
            wanted = {"elementInstanceScopeKey": pending.pop()["elementInstanceKey"]}
            inner = self.search("searchElementInstances", "/element-instances/search", wanted)
            last = max([last, *(int(each["elementInstanceKey"]) for each in inner)])
            pending += [each for each in inner if each["type"] in CONTAINERS]
        return last

    def _shown_incidents(self, instance: str) -> list[Mapping[str, object]]:
        shown: list[Mapping[str, object]] = [
            {
                **self._names.back(row),
                "element": row["elementId"],
                "type": row["errorType"],
                "message": self._names.back(row["errorMessage"]),
            }
            for row in self.incidents(instance)
        ]
        return sorted(shown, key=lambda row: (str(row["element"]), str(row["type"]), str(row["message"])))

    def _shown_tasks(self, instance: str) -> list[Mapping[str, object]]:
        rows = self.tasks(instance)
        shown: list[Mapping[str, object]] = [
            {**self._names.back(row), "element": row["elementId"]} for row in rows
        ]
        return sorted(shown, key=lambda row: (str(row["element"]), int(str(row["userTaskKey"]))))


def _element(row: Row) -> str:
    return str(row["elementId"]) + (BODY_SUFFIX if row["type"] == BODY else "")


def _is_active_leaf(row: Row) -> bool:
    return row["state"] == "ACTIVE" and (row["type"] not in CONTAINERS or bool(row["hasIncident"]))


def _root(values: Iterable[Row], instance: str) -> dict[str, object]:
    return {row["name"]: read_value(row["value"]) for row in values if str(row["scopeKey"]) == instance}


def _local(
    values: Iterable[Row], rows: Iterable[Row], instance: str, ended: bool
) -> Mapping[str, Mapping[str, object]]:
    """Variables of inner scopes: of those that are active, and of all once the instance is over."""
    shown = {
        str(row["elementInstanceKey"]): _element(row) for row in rows if ended or row["state"] == "ACTIVE"
    }
    return gather_local(
        Scoped(
            element=shown[str(row["scopeKey"])],
            scope=str(row["scopeKey"]),
            name=row["name"],
            value=read_value(row["value"]),
        )
        for row in values
        if str(row["scopeKey"]) in shown and str(row["scopeKey"]) != instance
    )
