package org.samegan.core.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays that a graph holds: its constants and variables. They lie outside the heap, where the
 * garbage collector does not see how large they are.
 */
public final class HeldArrays {
  private HeldArrays() {}

  /**
   * A graph that holds each array once. What SameDiff has by default keeps a copy besides for the
   * other devices, which is needed only where there are others.
   */
  public static SameDiff newGraph() {
    SameDiff graph = SameDiff.create();
    if (Nd4j.getAffinityManager().getNumberOfDevices() == 1) {
      graph.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), false);
    }
    return graph;
  }

  /** A graph's arrays, by the variables that have one. They are the graph's to close. */
  public static List<SDVariable> of(SameDiff graph) {
    return graph.variables().stream().filter(HeldArrays::holdsArray).toList();
  }

  /** Gives the arrays' memory back; the graph can't be run or compiled any more. */
  public static void close(SameDiff graph) {
    of(graph).stream().map(SDVariable::getArr).forEach(INDArray::close);
  }

  private static boolean holdsArray(SDVariable variable) {
    VariableType type = variable.getVariableType();
    return (type == VariableType.VARIABLE || type == VariableType.CONSTANT)
        && variable.getArr() != null;
  }
}
