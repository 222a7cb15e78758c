"""The native module. What it hands out is plain; the modules beside it make typed objects of it."""

from typing import Any, Iterable, Optional, Sequence, TypedDict, Union

class _Wanted(TypedDict):
    config: Optional[str]
    packs: list[str]
    select: list[str]
    ignore: list[str]
    severity: list[tuple[str, str]]

_Kept = tuple[str, str, str, str, list[tuple[str, bytes]]]
_Text = Union[str, bytes]

class Linter:
    @staticmethod
    def load(wanted: _Wanted, kept: Optional[list[_Kept]]) -> tuple[Linter, list[dict[str, Any]]]: ...
    def state(self) -> tuple[_Wanted, list[_Kept]]: ...
    def model(self) -> str: ...
    def check(self, text: _Text, markup: Optional[str]) -> dict[str, Any]: ...
    def fix(
        self, text: _Text, markup: Optional[str], unsafe_fixes: bool, quotations: bool
    ) -> dict[str, Any]: ...
    def compare(
        self,
        original: _Text,
        reworded: _Text,
        markup: Optional[str],
        original_name: str,
        reworded_name: str,
    ) -> dict[str, Any]: ...
    def score_many(
        self,
        texts: Iterable[Optional[_Text]],
        markup: Optional[str],
        findings: bool,
        threads: Optional[int],
    ) -> list[
        tuple[
            Optional[float],
            Optional[float],
            Optional[str],
            Optional[int],
            list[str],
            Optional[str],
            Optional[str],
        ]
    ]: ...
    def score_arrays(
        self, arrays: Sequence[Any], markup: Optional[str], findings: bool, threads: Optional[int]
    ) -> list[Any]: ...

def run(arguments: Sequence[str]) -> int: ...
def quoted(text: str) -> str: ...
def version() -> str: ...
