"""Memory figures against those of the system."""

import subprocess
import sys

import psutil
import pytest
import torch

from studio.engine.memory import memory_now, out_of_memory, peak_cuda_bytes, peak_rss_bytes

CPU = torch.device("cpu")


def test_a_cpu_has_no_figures_of_a_gpu() -> None:
    memory = memory_now(CPU)
    assert list(memory) == ["allocated", "reserved", "rss", "device_used", "device_total"]
    assert memory["allocated"] is memory["reserved"] is None
    assert memory["device_total"] == psutil.virtual_memory().total
    assert 0 < memory["rss"] <= memory["device_total"]
    assert peak_cuda_bytes(CPU) is None


def test_the_peak_is_in_bytes_and_no_less_than_what_is_held() -> None:
    held = torch.ones(50_000_000 // 4)
    assert peak_rss_bytes() >= held.nbytes
    assert peak_rss_bytes() < psutil.virtual_memory().total


@pytest.mark.parametrize("error", [MemoryError(), torch.OutOfMemoryError("CUDA out of memory")])
def test_a_full_memory_is_told_with_advice(error: Exception) -> None:
    failure = out_of_memory(error, CPU, 7)
    assert failure is not None
    assert "step 7" in failure.what
    assert failure.now


def test_torchs_own_words_for_a_full_ram() -> None:
    with pytest.raises(RuntimeError) as caught:
        torch.empty(1 << 60)
    assert out_of_memory(caught.value, CPU, 1) is not None


def test_another_error_is_another_error() -> None:
    assert out_of_memory(RuntimeError("shapes do not match"), CPU, 1) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has this limit")
def test_a_run_with_checkpoints_gives_large_blocks_back_where_others_lie_behind_them() -> None:
    code = (
        "import psutil, torch\n"
        "from studio.engine.memory import arrange_blocks\n"
        "arrange_blocks(sparing=True)\n"
        "rss = psutil.Process().memory_info\n"
        "blocks = [torch.ones(4 << 20) for _ in range(16)]\n"  # 16 MiB each
        "full = rss().rss\n"
        "del blocks[::2]\n"  # every other one
        "print(full - rss().rss)\n"
    )
    freed = int(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)
    assert freed >= 8 * (16 << 20) * 0.9
