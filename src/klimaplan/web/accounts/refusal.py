"""Something a person may not do, said with the reason and whom to ask; the site answers it with 403."""

from __future__ import annotations

from klimaplan.domain.errors import Finding, KlimaplanError, Text


class NotAllowed(KlimaplanError):  # noqa: N818  # reads as what it says where it is raised
    """No role of the person allows this here and now; nothing was changed."""

    def __init__(self, permission: str, reason: Text, whom_to_ask: Text) -> None:
        super().__init__(Finding("not-allowed", permission, reason, Text("", ""), whom_to_ask))

    def __reduce__(self) -> tuple[type[NotAllowed], tuple[str, Text, Text]]:  # type: ignore[override]
        [finding] = self.findings
        return type(self), (finding.place, finding.what, finding.remedy)
