"""What `rachel doctor` finds: each thing with ok, look or act, the figure, and exactly what to do."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from core.base.config import Server
from core.base.errors import Refused, Unanswered
from core.cli.verify import FROZEN, verdict
from core.database.limits import LIMITS
from core.health import CheckRun, Freeze, Invariant, OpenProgram, ServerFacts, ServerLogin
from core.health.archive import Archive, archive
from core.health.figures import size
from core.health.freeze import FRESH
from core.health.machine import free_space, is_here
from core.health.meter import Seen, worker_is_late

Mark = Literal["ok", "look", "act"]

CLOCKS_APART = timedelta(seconds=5)
TIGHT, LOW = 0.10, 0.20  # of the disk
SPARE = 20  # connections that people must leave to services and the administrator
NO_LIMIT = ("0", "-1")
UNITS = {"temp_file_limit": " kB", "log_parameter_max_length": " B", "log_parameter_max_length_on_error": " B"}  # else ms
SOLID = ("on", "remote_apply", "remote_write")  # synchronous_commit
TURN_IS_HELD = (
    "A worker runs. If its log (journalctl -u rachel-worker) says again and again that the checks are being run already, somebody with a "
    "service's password holds the turn. As administrator: SELECT a.pid, a.usename, a.xact_start FROM pg_stat_activity AS a "
    "JOIN pg_locks AS l USING (pid) WHERE l.locktype = 'advisory' ORDER BY a.xact_start; then pg_terminate_backend(pid), and another "
    "password for that login."
)
POSTGRES = "in postgresql.conf, then restart PostgreSQL"


class Finding(NamedTuple):
    """`do` is "" where nothing is to be done."""

    name: str
    mark: Mark
    figure: str
    do: str = ""


def promises(found: Collection[Invariant], frozen: Freeze | None, known: Mapping[str, int]) -> Finding:
    """`known`: what was broken already, by name."""
    said = verdict(list(found), frozen, known)
    broken = any(each.violations for each in found)
    return Finding("Promises", "act" if broken or frozen else "ok", said[0], " ".join(said[1:]))


def uncounted(error: Refused | Unanswered, frozen: Freeze | None) -> Finding:
    """Say that the promises could not be counted, and why: nobody knows then whether they hold."""
    why = "the server did not answer in time" if isinstance(error, Unanswered) else str(error)
    stands = [FROZEN.format(since=frozen.since)] if frozen else []
    do = "Run `rachel verify` when it is quieter; what the worker's own checks found stands in api.check_runs."
    return Finding("Promises", "act", f"not counted: {why}", " ".join([do, *stands]))


def checks(runs: Sequence[CheckRun], now: datetime, *, works: bool) -> Finding:
    """Say whether the worker has the promises checked, `runs` newest first: without that money is never frozen. `works`: a worker runs."""
    figure = f"the worker's last run ended {runs[0].at:%Y-%m-%d %H:%M} UTC" if runs else "no worker ever had them checked"
    if runs and now - runs[0].at < FRESH:
        return Finding("Checks", "ok", figure)
    do = TURN_IS_HELD if works else "Start a worker, or read its log: journalctl -u rachel-worker."
    return Finding("Checks", "act", figure, f"Money is not frozen when a promise breaks now. {do}")


def version(facts: ServerFacts) -> Finding:
    major = facts.version // 10_000
    figure = f"PostgreSQL {major}.{facts.version % 10_000}, since {facts.started_at:%Y-%m-%d %H:%M} UTC"
    if major < 16:
        return Finding("Version", "look", figure, "Logins cannot be made from the office before 16: upgrade PostgreSQL when you can.")
    return Finding("Version", "ok", figure)


def clock(facts: ServerFacts, here: datetime) -> Finding:
    """`here`: what this machine's clock said in the middle of the question."""
    apart = facts.answered_at - here
    figure = f"{abs(apart.total_seconds()):.1f} s {'ahead of' if apart > timedelta(0) else 'behind'} this machine's"
    if abs(apart) > CLOCKS_APART:
        return Finding("Clock", "look", figure, "One of the two is wrong: let both follow a time server (timedatectl set-ntp true).")
    return Finding("Clock", "ok", figure)


def settings(values: Mapping[str, str], server: Server) -> list[Finding]:
    """Judge each setting that the promises hang on."""
    must = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on", "track_counts": "on", "track_activities": "on"}
    must["max_prepared_transactions"] = "0"  # one that is prepared belongs to no connection, so nobody can end it
    found = [_must(name, values[name], wanted) for name, wanted in must.items()]
    solid = values["synchronous_commit"] in SOLID
    found.append(Finding(
        "synchronous_commit", "ok" if solid else "act", values["synchronous_commit"],
        "" if solid else f"Set synchronous_commit = on {POSTGRES}: what was acknowledged may be lost when the power fails.",
    ))  # fmt: skip
    checked = values["data_checksums"] == "on"
    enable = "Stop PostgreSQL and run pg_checksums --enable on its data folder: a bad disk is noticed only with them."
    found.append(Finding("data_checksums", "ok" if checked else "look", values["data_checksums"], "" if checked else enable))
    found += [_limit(name, values[name], server) for name in LIMITS]
    scram = values["password_encryption"] == "scram-sha-256"
    wanted = f"Set password_encryption = 'scram-sha-256' {POSTGRES}."
    found.append(Finding("password_encryption", "ok" if scram else "act", values["password_encryption"], "" if scram else wanted))
    secret = values["ssl"] == "on"
    tls = "Programs on other computers cannot connect without TLS: docs/server.md, “Certificates”."
    found.append(Finding("ssl", "ok" if secret else "look", values["ssl"], "" if secret else tls))
    return found


def disk(facts: ServerFacts) -> Finding:
    """Say what is free where the database lies, as far as this account may see."""
    used = f"the database takes {size(facts.bytes)}"
    if not is_here(facts.backend):
        return Finding("Disk", "look", f"{used}; the server is on another machine", "Look there: df -h on its data folder.")
    space = free_space(facts.backend)
    if space is None:
        return Finding("Disk", "look", f"{used}; its folder is closed to this account", "Run this as root or as the server's account.")
    share = space.free / max(space.total, 1)
    figure = f"{size(space.free)} of {size(space.total)} free, {used}"
    if share < LOW:
        do = "A full disk stops every order: make room, or give the database a larger disk."
        return Finding("Disk", "act" if share < TIGHT else "look", figure, do)
    return Finding("Disk", "ok", figure)


def powers(roles: Iterable[ServerLogin]) -> list[Finding]:
    """Judge who may sign in, and who has powers beyond the groups."""
    roles = list(roles)
    administrators = [each.login for each in roles if each.is_superuser and each.may_sign_in]
    odd = [each.login for each in roles if _is_odd(each)]
    strangers = [
        each.login for each in roles if each.may_sign_in and not (each.is_known or each.is_superuser or each.login == "svc_backup")
    ]
    left = [each.login for each in roles if each.may_sign_in and each.is_known and not each.is_active]
    end = "ALTER ROLE … NOLOGIN ends them: their rows in the staff list say that they left."
    take = "Take them away: ALTER ROLE … NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS."
    return [
        _listed("Administrators", administrators, "look", "Each of them can change anything unseen: keep one.", allowed=1),
        _listed("Roles with powers of their own", odd, "act", take),
        _listed(
            "Logins that are not ours", strangers, "look", "This server should hold nothing else: DROP ROLE, or find out whose they are."
        ),
        _listed("Logins of who left", left, "act", end),
    ]


def connections(facts: ServerFacts, roles: Iterable[ServerLogin], values: Mapping[str, str]) -> Finding:
    """Say whether people together can take every connection, so that services stay outside."""
    mine = [each for each in roles if each.may_sign_in and each.is_known and each.is_active]
    endless = [each.login for each in mine if each.connection_limit < 0]
    if endless:
        do = "ALTER ROLE … CONNECTION LIMIT 10 for each of them."
        return Finding("Connections", "act", f"no limit for {', '.join(endless)}", do)
    total, reserved = sum(each.connection_limit for each in mine), int(values.get("reserved_connections", "0"))
    figure = f"{facts.max_connections} at once, {total} allowed to {len(mine)} logins, {reserved} reserved for services"
    if total > facts.max_connections - SPARE and not reserved:
        keep = "Set reserved_connections = 5" if facts.version >= 160_000 else f"Set max_connections = {total + SPARE}"
        return Finding("Connections", "look", figure, f"{keep} {POSTGRES}: people together could keep the services out.")
    return Finding("Connections", "ok", figure)


def versions(found: Sequence[OpenProgram], newest: str) -> Finding:
    """Say which of our programs are open, and which are too old."""
    ours = [each for each in found if each.program]
    figure = ", ".join(f"{each.program} {each.version} ({each.connections})" for each in ours) or "none is open"
    if any(each.is_too_old for each in ours):
        return Finding("Programs", "act", figure, f"Some are too old to change anything: bring them to {newest}.")
    if any(each.is_behind for each in ours):
        return Finding("Programs", "look", figure, f"Some are older than {newest}: bring them up in the next days.")
    return Finding("Programs", "ok", f"{figure}; in brackets: connections")


def worker(seen: Seen, found: Sequence[OpenProgram]) -> Finding:
    """Say whether a worker runs, by the last minute that one kept."""
    connected = any(each.program == "rachel-worker" for each in found)
    newest = seen.kept.newest
    figure = f"its last minute is {newest:%Y-%m-%d %H:%M} UTC" if newest else "it never kept a minute"
    if not worker_is_late(seen):
        return Finding("Worker", "ok", figure)
    if connected:
        return Finding(
            "Worker", "look", f"connected; {figure}", "Look again in two minutes; then restart it: systemctl restart rachel-worker."
        )
    return Finding("Worker", "act", figure, "Start it: systemctl start rachel-worker; then journalctl -u rachel-worker says what it does.")


def backups(facts: ServerFacts, values: Mapping[str, str]) -> Finding:
    """There is no backup of ours yet. What PostgreSQL itself does is told: when the log was archived last, that it failed, or is not."""
    guide = "docs/server.md, “Backups”, says how to make one and to try it."
    found, failed, kept = archive(facts, values["archive_mode"]), facts.archive_failed_at, facts.archived_at
    last = f"{kept:%Y-%m-%d %H:%M} UTC" if kept else "never"
    if found is Archive.FAILING and failed:
        mend = "Mend archive_command: the server's log says why. Until then the log fills the server's disk."
        return Finding("Backups", "act", f"archiving the log failed {failed:%Y-%m-%d %H:%M} UTC, and was done last {last}", mend)
    said = {
        Archive.OFF: "the log is not archived either (archive_mode is off)",
        Archive.WAITING: f"archive_mode is {values['archive_mode']}, and nothing of the log was archived yet",
        Archive.SILENT: f"the log is archived, last {last}, over a day ago: set archive_timeout, or read the server's log",
    }.get(found, f"the log is archived, last {last}")
    return Finding("Backups", "look", f"no backup is configured here; {said}", f"Rachel makes none yet. {guide}")


def _must(name: str, value: str, wanted: str) -> Finding:
    return Finding(name, "ok", value) if value == wanted else Finding(name, "act", value, f"Set {name} = {wanted} {POSTGRES}.")


def _limit(name: str, value: str, server: Server) -> Finding:
    """Judge what `rachel init` set on its database: 0 means none for most, and what is wanted for the log."""
    good = value == "0" if LIMITS[name] == "0" else value not in NO_LIMIT
    do = f"As administrator: ALTER DATABASE \"{server.database}\" SET {name} = '{LIMITS[name]}'."
    figure = value + UNITS.get(name, " ms")
    return Finding(name, "ok", figure) if good else Finding(name, "look", figure, do)


def _is_odd(role: ServerLogin) -> bool:
    """Tell whether a role has a power that none of ours needs; an administrator who is no staff is counted elsewhere."""
    if role.is_superuser:
        return role.is_known or not role.may_sign_in
    makes_roles = role.makes_roles and role.login != "r_staff"
    return makes_roles or role.makes_databases or role.sees_all_rows or role.replicates and role.login != "svc_backup"


def _listed(name: str, logins: Sequence[str], mark: Mark, do: str, allowed: int = 0) -> Finding:
    figure = ", ".join(logins) or "none"
    return Finding(name, mark, figure, do) if len(logins) > allowed else Finding(name, "ok", figure)
