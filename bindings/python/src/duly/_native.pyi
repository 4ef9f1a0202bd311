from typing import Callable, List, Optional, Sequence, Tuple

TEXT: int
JSON: int
HTML: int

RawDiagnostic = Tuple[int, str, bool, str, str, str, int, int, str]

def version() -> str: ...
def abi_version() -> int: ...

class Set:
    def __len__(self) -> int: ...
    def at(self, index: int) -> str: ...
    def explain(self, index: int, format: int) -> str: ...
    def warnings(self) -> List[RawDiagnostic]: ...

class Screening:
    def shown(self, format: int) -> str: ...
    def warnings(self) -> List[RawDiagnostic]: ...

class Rules:
    @staticmethod
    def from_folder(folder: str) -> "Rules": ...
    @staticmethod
    def from_texts(texts: Sequence[Tuple[str, str]]) -> "Rules": ...
    def programs(self) -> List[str]: ...
    def program(self, id: str) -> str: ...
    def check(self, id: str) -> List[RawDiagnostic]: ...
    def determine(
        self,
        program: str,
        document: str,
        *,
        benefit_month: Optional[str] = None,
        decided: Optional[str] = None,
        applied: Optional[str] = None,
        occasion: Optional[str] = None,
        languages: Optional[str] = None,
        trials: int = 0,
    ) -> Set: ...
    def screen(
        self,
        document: str,
        *,
        only: str = "",
        benefit_month: Optional[str] = None,
        decided: Optional[str] = None,
        applied: Optional[str] = None,
        occasion: Optional[str] = None,
        languages: Optional[str] = None,
        trials: int = 0,
    ) -> Screening: ...
    def determine_tables(
        self,
        program: str,
        tables: Sequence[Tuple[str, object]],
        *,
        benefit_month: Optional[str] = None,
        decided: Optional[str] = None,
        applied: Optional[str] = None,
        occasion: Optional[str] = None,
        trials: int = 0,
        threads: int = 0,
        households_in_tile: int = 0,
        progress: Optional[Callable[[int], Optional[bool]]] = None,
    ) -> object: ...
