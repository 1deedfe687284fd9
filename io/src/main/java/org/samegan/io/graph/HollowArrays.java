package org.samegan.io.graph;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.ArrayHolder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Stands between a graph and its arrays while the graph is written: in place of an array of floats
 * it gives one of as many axes with one value, and remembers the other. Nothing can be changed.
 */
final class HollowArrays implements ArrayHolder, AutoCloseable {
  private final ArrayHolder arrays;
  private final Map<String, INDArray> asked = new LinkedHashMap<>();
  private final Map<String, INDArray> given = new LinkedHashMap<>();

  HollowArrays(ArrayHolder arrays) {
    this.arrays = arrays;
  }

  /** The arrays that were asked for and kept back, by name. */
  Map<String, INDArray> keptBack() {
    return asked;
  }

  @Override
  public INDArray getArray(String name) {
    INDArray array = arrays.getArray(name);
    if (array == null || array.dataType() != DataType.FLOAT || array.rank() == 0) {
      return array;
    }
    asked.put(name, array);
    return given.computeIfAbsent(name, key -> hollow(array.rank()));
  }

  private static INDArray hollow(int rank) {
    long[] ones = new long[rank];
    Arrays.fill(ones, 1);
    return Nd4j.zeros(DataType.FLOAT, ones);
  }

  @Override
  public boolean hasArray(String name) {
    return arrays.hasArray(name);
  }

  @Override
  public int size() {
    return arrays.size();
  }

  @Override
  public Collection<String> arrayNames() {
    return arrays.arrayNames();
  }

  @Override
  public void setArray(String name, INDArray array) {
    throw new UnsupportedOperationException();
  }

  @Override
  public INDArray removeArray(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void initFrom(ArrayHolder other) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rename(String from, String to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    given.values().forEach(INDArray::close);
  }
}
