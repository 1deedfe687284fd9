package org.samegan.core.execution;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.samegan.core.graph.StaticShapes;
import org.samegan.core.graph.Window;

/**
 * Where a graph adds zeros around images of (batch, height, width, channels), and cuts them off.
 */
final class Borders {
  /** Rows above and below, columns left and right. */
  record Border(int top, int bottom, int left, int right) {
    /** What is the same at both ends, as far as every window keeps a pixel of the image. */
    Border common(Window window) {
      int rows = Math.min(Math.min(top, bottom), window.height() - 1 - window.padHeight());
      int columns = Math.min(Math.min(left, right), window.width() - 1 - window.padWidth());
      int y = Math.max(0, rows);
      int x = Math.max(0, columns);
      return new Border(y, y, x, x);
    }

    Border minus(Border other) {
      return new Border(
          top - other.top, bottom - other.bottom, left - other.left, right - other.right);
    }

    boolean isNone() {
      return top == 0 && bottom == 0 && left == 0 && right == 0;
    }

    /** The shape of images of a shape with it around them. */
    long[] around(long[] shape) {
      return new long[] {shape[0], shape[1] + top + bottom, shape[2] + left + right, shape[3]};
    }

    /** The window that has a border of the same rows and columns at both ends as padding. */
    Window within(Window window) {
      return new Window(
          window.height(),
          window.width(),
          window.strideHeight(),
          window.strideWidth(),
          window.padHeight() + top,
          window.padWidth() + left);
    }
  }

  /** Images with a border, or a variable that is them without it. */
  record Bordered(String images, Border border) {}

  private final SameDiff graph;
  private final StaticShapes shapes;
  private final Set<String> results;
  private final Map<String, SameDiffOp> producers = new HashMap<>();
  private final Map<String, SameDiffOp> readers = new HashMap<>();
  private final Map<String, Integer> reads = new HashMap<>();

  /**
   * For the ops of a graph in their order.
   *
   * @param results variables that are wanted as they are
   */
  Borders(SameDiff graph, StaticShapes shapes, List<SameDiffOp> order, Set<String> results) {
    this.graph = graph;
    this.shapes = shapes;
    this.results = results;
    for (SameDiffOp op : order) {
      op.getOutputsOfOp().forEach(output -> producers.put(output, op));
      if (op.getInputsToOp() != null) {
        for (String input : op.getInputsToOp()) {
          readers.put(input, op);
          reads.merge(input, 1, Integer::sum);
        }
      }
    }
  }

  /** The images that a variable has with zeros around them, if a pad op made it. */
  Optional<Bordered> added(String variable) {
    SameDiffOp producer = producers.get(variable);
    if (producer == null
        || !(producer.getOp() instanceof DynamicCustomOp op)
        || !op.opName().equals("pad")
        || producer.getInputsToOp().size() != 2) {
      return Optional.empty();
    }
    SDVariable amounts = graph.getVariable(producer.getInputsToOp().get(1));
    boolean zeros =
        op.iArgs().length == 1
            && op.iArgs()[0] == KernelList.PAD_CONSTANT
            && (op.tArgs().length == 0 || op.tArgs()[0] == 0);
    if (!zeros || amounts.getVariableType() != VariableType.CONSTANT) {
      return Optional.empty();
    }
    int[][] m = amounts.getArr().toIntMatrix();
    boolean images = m.length == 4 && isZero(m[0]) && isZero(m[3]);
    return images
        ? Optional.of(
            new Bordered(
                producer.getInputsToOp().get(0), new Border(m[1][0], m[1][1], m[2][0], m[2][1])))
        : Optional.empty();
  }

  private static boolean isZero(int[] pair) {
    return pair[0] == 0 && pair[1] == 0;
  }

  /** The variable that is images without a border, if nothing else is made of them. */
  Optional<Bordered> removed(String variable) {
    SameDiffOp reader = readers.get(variable);
    long[] shape = shapes.of(variable);
    if (results.contains(variable)
        || reads.getOrDefault(variable, 0) != 1
        || !(reader.getOp() instanceof DynamicCustomOp op)
        || !op.opName().equals("strided_slice")
        || reader.getInputsToOp().size() != 1
        || shape.length != 4) {
      return Optional.empty();
    }
    String result = reader.getOutputsOfOp().get(0);
    long[] inner = shapes.of(result);
    // Five masks, then begin, end and step of every axis.
    long[] a = op.iArgs();
    boolean plain =
        a.length == 17
            && a[1] == 0
            && a[3] == 0
            && a[4] == 0
            && Arrays.equals(a, 13, 17, new long[] {1, 1, 1, 1}, 0, 4)
            && inner.length == 4
            && inner[0] == shape[0]
            && inner[3] == shape[3];
    if (!plain) {
      return Optional.empty();
    }
    int top = (a[0] & 2) != 0 ? 0 : (int) a[6];
    int left = (a[0] & 4) != 0 ? 0 : (int) a[7];
    int bottom = (int) (shape[1] - inner[1]) - top;
    int right = (int) (shape[2] - inner[2]) - left;
    return top >= 0 && left >= 0 && bottom >= 0 && right >= 0
        ? Optional.of(new Bordered(result, new Border(top, bottom, left, right)))
        : Optional.empty();
  }
}
