"""Sends a request so that whatever comes of it is an answer."""

from dataclasses import dataclass

from simulator.targets.protocol import NotObservable, RawAnswer, RawRequest, Target, Unusable

WITHHELD = 0
"""The status of a request that was not sent, as it could touch what the run did not create."""

PLAIN = {"content-type": "text/plain; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a request: an answer, or why there is none.

    `raised`: what flew out of an application in this process, which a server would answer with status 500.
    """

    status: int
    headers: dict[str, str]
    content: bytes
    raised: str | None = None
    silent: str | None = None

    @property
    def media_type(self) -> str | None:
        """The Content-Type as it came."""
        return self.headers.get("content-type")


def send(target: Target, request: RawRequest) -> Answer:
    """Send a request; a defect of an application in this process is what fuzzing looks for, so it is kept."""
    try:
        answer = target.request(request)
    except NotObservable:
        return Answer(status=WITHHELD, headers={}, content=b"")
    except Unusable as nothing:
        return Answer(status=WITHHELD, headers={}, content=b"", silent=str(nothing))
    except Exception as defect:  # noqa: BLE001 - whatever an application raises is a finding, not our end
        told = f"{type(defect).__name__}: {defect}"
        return Answer(status=500, headers=PLAIN, content=b"Internal Server Error", raised=told)
    return _kept(answer)


def _kept(answer: RawAnswer) -> Answer:
    headers = {name.lower(): text for name, text in answer.headers.items()}
    return Answer(status=answer.status, headers=headers, content=answer.content)
