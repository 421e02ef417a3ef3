"""What Camunda 7 shows of an instance, put together from its runtime and its history."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from simulator.targets.camunda7_values import SERIALIZED, read_value
from simulator.targets.naming import Names
from simulator.targets.ownership import Ownership
from simulator.targets.protocol import InstanceView, Refused
from simulator.targets.rest import Rest, path
from simulator.targets.scopes import Scoped, gather_local

WAITING_JOINS = frozenset({"parallelGateway", "inclusiveGateway"})
"""A token that waits at a join is an activity instance of the gateway here (live Camunda 7.24) and nothing in
Camunda 8 (live 8.8.21); what waits for other tokens alone is not counted as active."""

BY_TIME = [
    {"sortBy": "endTime", "sortOrder": "asc"},
    {"sortBy": "occurrence", "sortOrder": "asc"},
]
"""Times are in milliseconds; the occurrence counter tells what came first within one."""

Row: TypeAlias = Mapping[str, Any]


class Viewer:
    """Reads instances and shows them in the words of the scenarios."""

    def __init__(self, rest: Rest, names: Names, ownership: Ownership) -> None:
        self._rest = rest
        self._names = names
        self._ownership = ownership

    def look(self, instance: str, wanted: frozenset[str]) -> InstanceView:
        """Show what is wanted, in as few requests as that takes."""
        ended = self._ended(instance)
        needs_rows = bool(wanted & {"passed", "cancelled", "local"})
        rows = self._activities(instance) if needs_rows else []
        needs_values = "local" in wanted or (ended and "variables" in wanted)
        values = self._values(instance, ended) if needs_values else []
        return InstanceView(
            ended=ended,
            at=self._at(instance, ended) if "at" in wanted else None,
            passed=_passed(rows) if "passed" in wanted else None,
            cancelled=_cancelled(rows) if "cancelled" in wanted else None,
            variables=self._variables(instance, ended, values) if "variables" in wanted else None,
            local=_local_variables(values, rows, instance) if "local" in wanted else None,
            incidents=self._incidents(instance) if "incidents" in wanted else None,
            tasks=self._tasks(instance) if "tasks" in wanted else None,
        )

    def called(self, instance: str, element: str) -> list[str]:
        """The process or case instances that an element called."""
        sorting = [{"sortBy": "startTime", "sortOrder": "asc"}, BY_TIME[1]]
        body = {"processInstanceId": instance, "activityId": element, "sorting": sorting}
        rows = self._rest.post("queryHistoricActivityInstances", "/history/activity-instance", body)
        called = [row["calledProcessInstanceId"] or row["calledCaseInstanceId"] for row in rows]
        found = [str(key) for key in called if key is not None]
        self._ownership.add_ids(found)
        return found

    def _ended(self, instance: str) -> bool:
        """Whether it is over; where nothing is written to the history, whether the runtime has it no more."""
        try:
            row = self._rest.get("getHistoricProcessInstance", path("history", "process-instance", instance))
            return row["endTime"] is not None
        except Refused as refused:
            if refused.answer.status != 404:
                raise
        return self._tree(instance) is None

    def _tree(self, instance: str) -> Row | None:
        where = path("process-instance", instance, "activity-instances")
        try:
            tree: Row = self._rest.get("getActivityInstanceTree", where)
        except Refused as refused:
            if refused.answer.status != 404:
                raise
            return None
        return tree

    def _at(self, instance: str, ended: bool) -> list[str]:
        tree = None if ended else self._tree(instance)
        if tree is None:
            return []
        found: list[str] = []
        pending = [tree]
        while pending:
            node = pending.pop()
            self._ownership.add_ids([node["id"]])
            children = node.get("childActivityInstances") or []
            transitions = node.get("childTransitionInstances") or []
            self._ownership.add_ids(row["id"] for row in transitions)
            pending.extend(children)
            found.extend(row.get("activityId") or row["targetActivityId"] for row in transitions)
            is_leaf = node is not tree and not children and not transitions
            if is_leaf and node["activityType"] not in WAITING_JOINS:
                found.append(node["activityId"])
        return sorted(found)

    def _activities(self, instance: str) -> list[Row]:
        body = {"processInstanceId": instance, "sorting": BY_TIME}
        rows: list[Row] = self._rest.post(
            "queryHistoricActivityInstances", "/history/activity-instance", body
        )
        return rows

    def _variables(self, instance: str, ended: bool, values: Iterable[Row]) -> dict[str, object]:
        if ended:
            return {row["name"]: read_value(row) for row in values if _is_root(row, instance)}
        where = path("process-instance", instance, "variables")
        found: Mapping[str, Row] = self._rest.get("listProcessInstanceVariables", where, SERIALIZED)
        return {name: read_value(row) for name, row in found.items()}

    def _values(self, instance: str, ended: bool) -> list[Row]:
        """Every variable of every scope; a subprocess's own ones stand at the scope around it in history alone."""
        if ended:
            where, query = "/history/variable-instance", {"processInstanceId": instance, **SERIALIZED}
            rows: list[Row] = self._rest.get("listHistoricVariableInstances", where, query)
            return [row for row in rows if row.get("state") != "DELETED"]
        query = {"processInstanceIdIn": instance, **SERIALIZED}
        running: list[Row] = self._rest.get("listVariableInstances", "/variable-instance", query)
        return running

    def _incidents(self, instance: str) -> list[Mapping[str, object]]:
        rows = self._rest.get("getIncidents", "/incident", {"processInstanceId": instance})
        self._ownership.add_ids(row["id"] for row in rows)
        shown = [
            {
                **self._names.back(row),
                "element": row.get("failedActivityId") or row["activityId"],
                "type": row["incidentType"],
                "message": self._names.back(row["incidentMessage"]),
            }
            for row in rows
        ]
        return sorted(shown, key=lambda row: (str(row["element"]), str(row["type"]), str(row["message"])))

    def _tasks(self, instance: str) -> list[Mapping[str, object]]:
        rows = self._rest.get("getTasks", "/task", {"processInstanceId": instance})
        self._ownership.add_ids(row["id"] for row in rows)
        shown = [self._task(row) for row in rows]
        return sorted(shown, key=lambda row: (str(row["element"]), str(row["created"]), str(row["id"])))

    def _task(self, row: Row) -> Mapping[str, object]:
        links = self._rest.get("getIdentityLinks", path("task", row["id"], "identity-links"))
        candidates = [link for link in links if link["type"] == "candidate"]
        return {
            **self._names.back(row),
            "element": row["taskDefinitionKey"],
            "candidateUsers": _sorted_names(link["userId"] for link in candidates),
            "candidateGroups": _sorted_names(link["groupId"] for link in candidates),
        }


def _sorted_names(names: Iterable[str | None]) -> list[str]:
    return sorted(name for name in names if name is not None)


def _passed(rows: Iterable[Row]) -> list[str]:
    return [row["activityId"] for row in rows if row["endTime"] is not None and not row["canceled"]]


def _cancelled(rows: Iterable[Row]) -> list[str]:
    return sorted(row["activityId"] for row in rows if row["canceled"])


def _local_variables(
    values: Iterable[Row], rows: Iterable[Row], instance: str
) -> Mapping[str, Mapping[str, object]]:
    elements = {row["id"]: row["activityId"] for row in rows}
    by_execution = {row["executionId"]: row["activityId"] for row in rows}
    scoped = [
        Scoped(
            element=elements.get(row["activityInstanceId"]) or by_execution.get(row["executionId"], ""),
            scope=row["executionId"] or row["activityInstanceId"] or "",
            name=row["name"],
            value=read_value(row),
        )
        for row in values
        if not _is_root(row, instance)
    ]
    return gather_local(scoped)


def _is_root(row: Row, instance: str) -> bool:
    return row["executionId"] == instance and row.get("taskId") is None
