package org.samegan.io.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.graph.FlatArray;
import org.nd4j.graph.FlatGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.device.CpuBinary;

/** The oracle is SameDiff's own writer and its own reader. */
class GraphStreamTest {
  private static final long[] X = {2, 5};

  @TempDir Path directory;

  @BeforeAll
  static void selectBinary() {
    CpuBinary.select();
  }

  @Test
  void sameDiffReadsWhatItWouldHaveWrittenItself() throws IOException {
    SameDiff graph = graph();
    SameDiff expected = SameDiff.fromFlatBuffers(graph.asFlatBuffers(false), false);
    SameDiff found = SameDiff.load(write(graph), false);

    assertThat(names(found)).isEqualTo(names(expected)).contains("w", "bias", "cube", "shape");
    assertThat(found.summary()).isEqualTo(expected.summary());
    for (SDVariable variable : expected.variables()) {
      SDVariable same = found.getVariable(variable.name());
      assertThat(same.getVariableType()).isEqualTo(variable.getVariableType());
      assertThat(same.dataType()).isEqualTo(variable.dataType());
      if (variable.getVariableType() != VariableType.ARRAY && variable.getArr() != null) {
        assertThat(same.getArr()).as(variable.name()).isEqualTo(variable.getArr());
        assertThat(same.getArr().shapeInfoJava()).isEqualTo(variable.getArr().shapeInfoJava());
      }
    }
    INDArray x = Nd4j.linspace(DataType.FLOAT, -1, 0.2, 10).reshape(X);
    assertThat(found.outputSingle(Map.of("x", x.dup()), "y"))
        .isEqualTo(graph.outputSingle(Map.of("x", x.dup()), "y"));
  }

  @Test
  void tablesOfTheArraysAreThoseOfSameDiffsWriter() throws IOException {
    SameDiff graph = graph();
    FlatGraph expected = FlatGraph.getRootAsFlatGraph(graph.asFlatBuffers(false));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(write(graph).toPath()));
    FlatGraph found = FlatGraph.getRootAsFlatGraph(bytes);

    assertThat(found.variablesLength()).isEqualTo(expected.variablesLength());
    for (int i = 0; i < expected.variablesLength(); i++) {
      assertThat(found.variables(i).name()).isEqualTo(expected.variables(i).name());
      FlatArray there = expected.variables(i).ndarray();
      FlatArray here = found.variables(i).ndarray();
      assertThat(here == null).isEqualTo(there == null);
      if (there != null) {
        assertThat(here.dtype()).isEqualTo(there.dtype());
        assertThat(here.byteOrder()).isEqualTo(there.byteOrder());
        assertThat(here.shapeAsByteBuffer()).isEqualTo(there.shapeAsByteBuffer());
        assertThat(here.bufferAsByteBuffer()).isEqualTo(there.bufferAsByteBuffer());
      }
    }
  }

  @Test
  void theGraphIsAsItWasAndGivesTheSameBytesAgain() throws IOException {
    SameDiff graph = graph();
    INDArray weight = graph.getVariable("w").getArr();
    byte[] first = Files.readAllBytes(write(graph).toPath());
    assertThat(graph.getVariable("w").getArr()).isSameAs(weight);
    assertThat(Files.readAllBytes(write(graph).toPath())).isEqualTo(first);
  }

  /** Larger than the parts that arrays are written in, so that the parts must fit together. */
  @Test
  void joinsTheParts() throws IOException {
    SameDiff graph = empty();
    INDArray large = Nd4j.arange(700_001).castTo(DataType.FLOAT);
    graph.var("large", large);
    INDArray found = SameDiff.load(write(graph), false).getVariable("large").getArr();
    assertThat(Arrays.equals(found.toFloatVector(), large.toFloatVector())).isTrue();
  }

  /** Variables and constants of several ranks and types, and ops with arguments. */
  private static SameDiff graph() {
    SameDiff graph = empty();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, 5);
    SDVariable w = graph.var("w", Nd4j.linspace(DataType.FLOAT, 0, 0.1, 60).reshape('c', 5, 12));
    SDVariable bias = graph.constant("bias", Nd4j.linspace(DataType.FLOAT, 1, 1, 12));
    SDVariable cube =
        graph.var("cube", Nd4j.linspace(DataType.FLOAT, 3, -.2, 24).reshape(2, 1, 12));
    SDVariable shape = graph.constant("shape", Nd4j.createFromArray(-1, 1, 12));
    SDVariable slope = graph.constant("slope", Nd4j.scalar(0.25f));
    SDVariable product = x.mmul(w).add(bias);
    graph.nn.leakyRelu("y", graph.reshape(product, shape).mul(slope).add(cube), 0.2);
    return graph;
  }

  private static SameDiff empty() {
    SameDiff graph = SameDiff.create();
    graph.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), false);
    return graph;
  }

  private File write(SameDiff graph) throws IOException {
    Path file = Files.createTempFile(directory, "graph", ".fb");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      GraphStream.write(graph, channel);
    }
    return file.toFile();
  }

  private static List<String> names(SameDiff graph) {
    return graph.variables().stream().map(SDVariable::name).sorted().toList();
  }
}
