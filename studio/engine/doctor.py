"""What this machine has: processor, memory, devices, precision, display, disk, and where the studio keeps things."""

import os
import platform
import shutil
from pathlib import Path
from typing import Any

import psutil
import torch

from studio.engine.device import choose_precision, find_device, precision_reason
from studio.engine.place import nearest_folder
from studio.engine.versions import versions
from studio.lora.thread_counts import all_threads
from studio.runs.places import data_folder, resources_folder, runs_folder


def machine() -> dict[str, Any]:
    """The facts by name; sizes in bytes. `precision` is what "auto" comes to here, and why."""
    memory, place = psutil.virtual_memory(), find_device("auto")
    return {
        "platform": platform.platform(),
        "versions": versions(),
        "cpu": {
            "name": processor_name(),
            "cores": psutil.cpu_count(logical=False) or os.cpu_count(),
            "threads": all_threads(),
            "bfloat16_products": bool(torch.ops.mkldnn._is_mkldnn_bf16_supported()),
        },
        "memory_total_bytes": memory.total,
        "memory_available_bytes": memory.available,
        "devices": _devices(memory.total),
        "precision": choose_precision("auto", place),
        "precision_reason": precision_reason("auto", place),
        "display": os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY"),
        "disk_free_bytes": shutil.disk_usage(nearest_folder(data_folder())).free,
        "folders": {"data": str(data_folder()), "runs": str(runs_folder()), "resources": str(resources_folder())},
    }


def _devices(ram_bytes: int) -> list[dict[str, Any]]:
    """What training can run on, the CPU first."""
    found: list[dict[str, Any]] = [{"kind": "cpu", "name": processor_name(), "memory_bytes": ram_bytes}]
    for index in range(torch.cuda.device_count()):
        properties = torch.cuda.get_device_properties(index)
        found.append({"kind": f"cuda:{index}", "name": properties.name, "memory_bytes": properties.total_memory})
    if torch.backends.mps.is_available():
        found.append({"kind": "mps", "name": "Apple GPU", "memory_bytes": ram_bytes})
    return found


def processor_name() -> str:
    """The processor's name; platform knows it on some systems only."""
    listed = Path("/proc/cpuinfo")
    if listed.is_file():
        for line in listed.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
