"""The limit: the bare driver writing the same rows, hashes included, with everything already decided."""

import hashlib
import json
import sqlite3
from pathlib import Path

NOW = 1_590_000_000_000_000


class Raw:
    """One connection with the pragmas of the engine."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self.connection.execute(f"PRAGMA {pragma}")

    def step(self, case_id: int) -> None:
        """State, journal row with hash, met deadline, due row, two tally cells: what a step leaves behind."""
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        row = run("SELECT version, journal_seq, journal_hash FROM cases WHERE id = ?", (case_id,)).fetchone()
        content = {"case": case_id, "seq": row[1] + 1, "prev": row[2], "kind": "step", "target": "planted", "data": {}}
        own = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        run(
            "UPDATE cases SET state = 'planted', entered_at = ?, entered_on = '2020-05-15', version = version + 1, "
            "journal_seq = journal_seq + 1, journal_hash = ? WHERE id = ? AND version = ?",
            (NOW, own, case_id, row[0]),
        )
        run(
            "INSERT INTO journal (case_id, seq, kind, step, source, target, campaign, flow, district_id, "
            "definition_id, person_id, role, data, recorded_at, effective_on, prev_hash, hash) "
            "VALUES (?, ?, 'step', 'plant', 'named', 'planted', 'gardens-2020', 'garden', 2, 1, 1, "
            "'district_coordinator', '{}', ?, '2020-05-15', ?, ?)",
            (case_id, row[1] + 1, NOW, row[2], own),
        )
        deadline = run("SELECT id FROM deadlines WHERE case_id = ? AND milestone = 'planted'", (case_id,)).fetchone()[0]
        run("UPDATE deadlines SET state = 'met', met_on = '2020-05-15', verdict = 'on_time' WHERE id = ?", (deadline,))
        run("DELETE FROM due WHERE deadline_id = ?", (deadline,))
        for state, n in (("named", -1), ("planted", 1)):
            run(
                "INSERT INTO tally VALUES ('gardens-2020', 'garden', 2, ?, ?) "
                "ON CONFLICT (campaign, flow, district_id, state) DO UPDATE SET n = n + excluded.n",
                (state, n),
            )
        run("COMMIT")

    def sweep(self, moment: int, later: int) -> int:
        """Claim every due rung, post its notice, move the row: the same rows as the engine's sweep."""
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        rows = run(
            "SELECT d.id, d.case_id, c.subject_name FROM due JOIN deadlines d ON d.id = due.deadline_id "
            "JOIN cases c ON c.id = d.case_id WHERE due.next_at <= ?",
            (moment,),
        ).fetchall()
        many = self.connection.executemany
        many(
            "INSERT INTO notices (dedup_key, kind, letter, campaign, district_id, case_id, deadline_id, milestone, "
            "morning_on, release_at, facts, state, created_at) "
            "VALUES (?, 'reminder', 'reminder', 'gardens-2020', 2, ?, ?, 'planted', '2020-05-22', ?, ?, 'waiting', ?)",
            [(f"raw:{key}", case, key, NOW, json.dumps({"subject": name}), NOW) for key, case, name in rows],
        )
        many(
            "INSERT INTO rung_fires VALUES (?, 1, 'remind-10', 1, '2020-05-22', ?, 'fired', NULL)",
            [(row[0], NOW) for row in rows],
        )
        many("DELETE FROM due WHERE deadline_id = ?", [(row[0],) for row in rows])
        many("INSERT INTO due VALUES (?, ?)", [(later, row[0]) for row in rows])
        run("COMMIT")
        return len(rows)
