package org.samegan.core.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Gives every planned value an offset in an arena of its type, so that values alive at the same
 * time never overlap. A value lives from the kernel that writes it to the last that reads it; an
 * elementwise kernel may write over an input that dies with it.
 */
final class MemoryPlan {
  private static final long ALIGNMENT = 64;

  private final Map<Value, Long> offsets = new HashMap<>();
  private final Map<DataType, FreeList> arenas = new HashMap<>();

  MemoryPlan(List<Kernel> kernels) {
    Map<Value, Integer> lastUse = new HashMap<>();
    for (int k = 0; k < kernels.size(); k++) {
      for (Value value : kernels.get(k).inputs()) {
        lastUse.put(value.root(), k);
      }
      for (Value value : kernels.get(k).outputs()) {
        lastUse.put(value.root(), k);
      }
    }
    for (int k = 0; k < kernels.size(); k++) {
      place(kernels.get(k), k, lastUse);
    }
  }

  /** Where a value's memory starts, in bytes from the start of its type's arena. */
  long offset(Value value) {
    return offsets.get(value.root());
  }

  /** The size of each type's arena, in bytes. */
  Map<DataType, Long> sizes() {
    Map<DataType, Long> sizes = new HashMap<>();
    arenas.forEach((type, arena) -> sizes.put(type, arena.end));
    return sizes;
  }

  private void place(Kernel kernel, int k, Map<Value, Integer> lastUse) {
    Set<Value> dying = new HashSet<>();
    List<Value> touched = new ArrayList<>(kernel.inputs());
    touched.addAll(kernel.outputs());
    for (Value value : touched) {
      if (!value.isBound() && lastUse.get(value.root()) == k) {
        dying.add(value.root());
      }
    }
    for (Value output : kernel.outputs()) {
      Value root = output.root();
      if (output.isBound() || offsets.containsKey(root)) {
        continue;
      }
      Value overwritten = kernel.elementwise() ? overwritable(kernel, root, dying) : null;
      if (overwritten != null) {
        offsets.put(root, offsets.get(overwritten));
        dying.remove(overwritten);
      } else {
        offsets.put(root, arena(root).take(size(root)));
      }
    }
    for (Value value : dying) {
      arena(value).give(offsets.get(value), size(value));
    }
  }

  private Value overwritable(Kernel kernel, Value output, Set<Value> dying) {
    for (Value input : kernel.inputs()) {
      Value root = input.root();
      if (root != output
          && dying.contains(root)
          && root.type() == output.type()
          && root.bytes() == output.bytes()) {
        return root;
      }
    }
    return null;
  }

  private FreeList arena(Value value) {
    return arenas.computeIfAbsent(value.type(), type -> new FreeList());
  }

  private static long size(Value value) {
    return (Math.max(1, value.bytes()) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Free stretches of an arena by offset; the arena grows at its end where none fits. */
  private static final class FreeList {
    private final TreeMap<Long, Long> free = new TreeMap<>();
    private long end;

    long take(long size) {
      Map.Entry<Long, Long> best = null;
      for (Map.Entry<Long, Long> stretch : free.entrySet()) {
        if (stretch.getValue() >= size && (best == null || stretch.getValue() < best.getValue())) {
          best = stretch;
        }
      }
      if (best == null) {
        Map.Entry<Long, Long> last = free.lastEntry();
        long offset = end;
        if (last != null && last.getKey() + last.getValue() == end) {
          offset = last.getKey();
          free.remove(offset);
        }
        end = offset + size;
        return offset;
      }
      long offset = best.getKey();
      long left = best.getValue() - size;
      free.remove(offset);
      if (left > 0) {
        free.put(offset + size, left);
      }
      return offset;
    }

    void give(long offset, long size) {
      Map.Entry<Long, Long> before = free.floorEntry(offset);
      if (before != null && before.getKey() + before.getValue() == offset) {
        free.remove(before.getKey());
        offset = before.getKey();
        size += before.getValue();
      }
      Long after = free.remove(offset + size);
      free.put(offset, after == null ? size : size + after);
    }
  }
}
