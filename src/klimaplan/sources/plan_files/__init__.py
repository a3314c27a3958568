"""Plan files: TOML, JSON and workbooks with the same content, read into a plan or into findings with places."""

from klimaplan.sources.plan_files.assembly import Ground, PlanRead
from klimaplan.sources.plan_files.model import FORMAT, PlanFile
from klimaplan.sources.plan_files.reading import read_plan, read_plan_file, read_shape, read_shape_beside

__all__ = ["FORMAT", "Ground", "PlanFile", "PlanRead", "read_plan", "read_plan_file", "read_shape", "read_shape_beside"]
