package org.samegan.torch.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.torch.TestLibrary;

/** Arrays that stay on a device. */
class DeviceTensorTest {
  private final TorchDevice device = TestLibrary.cpu();

  @Test
  void valuesGoInAndOutUnchanged() {
    INDArray vector = Nd4j.arange(24).castTo(DataType.FLOAT);
    INDArray part = Nd4j.create(vector.data(), new long[] {2, 3}, new long[] {3, 1}, 5, 'c');
    try (DeviceTensor tensor = device.copyOf(part)) {
      INDArray back = Nd4j.zeros(DataType.FLOAT, 24);
      tensor.copyTo(Nd4j.create(back.data(), new long[] {2, 3}, new long[] {3, 1}, 10, 'c'));
      assertThat(tensor.toArray()).isEqualTo(part);
      assertThat(back.getDouble(9)).isZero();
      assertThat(back.getDouble(10)).isEqualTo(5);
      assertThat(back.getDouble(15)).isEqualTo(10);
      assertThat(back.getDouble(16)).isZero();
    }
  }

  @Test
  void aViewSharesMemory() {
    try (DeviceTensor tensor = device.allocate(DataType.DOUBLE, 10);
        DeviceTensor view = tensor.view(4, 2, 3)) {
      view.copyFrom(Nd4j.createFromArray(1.0, 2, 3, 4, 5, 6).reshape(2, 3));
      assertThat(tensor.toArray().toDoubleVector()).containsExactly(0, 0, 0, 0, 1, 2, 3, 4, 5, 6);
      assertThatThrownBy(() -> tensor.view(5, 2, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("needs 11 elements, the tensor has 10");
    }
  }

  @Test
  void otherArraysAreRefused() {
    try (DeviceTensor tensor = device.allocate(DataType.FLOAT, 2, 3)) {
      assertThatThrownBy(() -> tensor.copyFrom(Nd4j.zeros(DataType.DOUBLE, 2, 3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("row-major FLOAT of shape [2, 3], found 'c' DOUBLE");
      INDArray wide = Nd4j.zeros(DataType.FLOAT, 2, 6);
      INDArray gaps = Nd4j.create(wide.data(), new long[] {2, 3}, new long[] {6, 1}, 0, 'c');
      assertThatThrownBy(() -> tensor.copyTo(gaps))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("one after another");
    }
  }

  /** ND4J gives an axis of one element another stride than the one that row-major order has. */
  @Test
  void theStrideOfAnAxisOfOneElementMeansNothing() {
    INDArray row = Nd4j.createFromArray(1.0, 2, 3).reshape('c', 1, 3);
    assertThat(row.stride()).isNotEqualTo(Nd4j.getStrides(row.shape(), 'c'));
    try (DeviceTensor tensor = device.copyOf(row)) {
      assertThat(tensor.toArray().toDoubleVector()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aClosedTensorIsRefused() {
    DeviceTensor tensor = device.allocate(DataType.FLOAT, 2);
    tensor.close();
    tensor.close();
    assertThatThrownBy(tensor::toArray)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
