package org.samegan.core.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.augmentation.TransformationDraws;
import org.samegan.core.backend.Backend;
import org.samegan.core.execution.Resource;
import org.samegan.core.execution.Tensor;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.random.RandomStream;
import org.samegan.core.schedule.Schedule;

/**
 * What a step is fed: real examples, labels and noise for a whole batch, of which the step's graph
 * reads one shard at a time, and numbers that follow schedules.
 */
final class StepInputs implements Resource {
  /**
   * An input with one row for each example.
   *
   * @param batch all rows, which are written from Java
   * @param shard the rows that the graph reads: the batch itself where it is the only shard
   * @param parts each shard's rows of the batch; none where it is the only shard
   */
  private record Rows(Tensor batch, Tensor shard, List<Tensor> parts) implements Resource {
    static Rows of(Backend backend, Sharding sharding, long... shardShape) {
      long[] batchShape = shardShape.clone();
      batchShape[0] = sharding.batch();
      Tensor batch = backend.zeros(DataType.FLOAT, batchShape);
      if (sharding.shards() == 1) {
        return new Rows(batch, batch, List.of());
      }
      Tensor shard = backend.zeros(DataType.FLOAT, shardShape);
      List<Tensor> parts =
          IntStream.range(0, sharding.shards())
              .mapToObj(part -> batch.view(part * shard.length(), shardShape))
              .toList();
      return new Rows(batch, shard, parts);
    }

    void cut(int part) {
      if (!parts.isEmpty()) {
        shard.assign(parts.get(part));
      }
    }

    @Override
    public void close() {
      parts.forEach(Tensor::close);
      shard.close();
      batch.close();
    }
  }

  private record Noise(NoiseInput input, Rows rows) {}

  private record Scheduled(Schedule schedule, Tensor scalar) {}

  private final long seed;
  private final Map<String, Tensor> tensors = new HashMap<>();
  private final List<Rows> all = new ArrayList<>();
  private final List<Noise> noises = new ArrayList<>();
  private final List<Scheduled> schedules = new ArrayList<>();
  private final Map<String, Tensor> scalars = new HashMap<>();
  private final Rows real;
  private final Rows labelled;
  private final Rows labels;
  private Draw drawn;

  /**
   * Makes room.
   *
   * @param step the graph of a shard
   */
  StepInputs(Backend backend, StepGraph step, Sharding sharding, long seed) {
    this.seed = seed;
    for (NoiseInput noise : step.noises()) {
      long[] shape = noise.shape().batch(sharding.microBatch());
      noises.add(new Noise(noise, rows(noise.name(), Rows.of(backend, sharding, shape))));
    }
    step.schedules()
        .forEach(
            (placeholder, schedule) -> {
              Tensor scalar = backend.zeros(DataType.FLOAT);
              tensors.put(placeholder, scalar);
              schedules.add(new Scheduled(schedule, scalar));
            });
    for (String placeholder : step.scalars()) {
      Tensor scalar = backend.zeros(DataType.FLOAT);
      tensors.put(placeholder, scalar);
      scalars.put(placeholder, scalar);
    }
    real = data(backend, step, sharding, StepGraph.REAL);
    labelled = data(backend, step, sharding, StepGraph.LABELLED);
    labels = data(backend, step, sharding, StepGraph.LABELS);
  }

  /** For a placeholder that is fed from the data; null if the step has none. */
  private Rows data(Backend backend, StepGraph step, Sharding sharding, String name) {
    if (!step.graph().hasVariable(name)) {
      return null;
    }
    long[] shape = step.graph().getVariable(name).placeholderShape();
    return rows(name, Rows.of(backend, sharding, shape));
  }

  private Rows rows(String placeholder, Rows rows) {
    all.add(rows);
    tensors.put(placeholder, rows.shard());
    return rows;
  }

  /** What the graph reads, by the placeholders' names. */
  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** Sets a scalar input that follows no schedule. */
  void set(String placeholder, float value) {
    scalars.get(placeholder).set(value);
  }

  /** Room for a batch of real examples, for the steps that take one. */
  FloatBuffer real() {
    return real.batch().floats();
  }

  /** Whether the step takes labelled examples beside a batch of any. */
  boolean takesLabelled() {
    return labelled != null;
  }

  /** Room for those, for the steps that take them; {@link #labels} are theirs then. */
  FloatBuffer labelled() {
    return labelled.batch().floats();
  }

  /** Whether the step takes the labels of real examples. */
  boolean takesLabels() {
    return labels != null;
  }

  /** Room for their labels, one-hot, for the steps that take them. */
  FloatBuffer labels() {
    return labels.batch().floats();
  }

  /**
   * Draws a batch before it is due: a device computes meanwhile. What can't be drawn is drawn again
   * when it is due, and refused then, between two steps.
   */
  void prepare(Draw next) {
    try {
      draw(next);
    } catch (RuntimeException e) {
      drawn = null;
    }
  }

  private void draw(Draw next) {
    drawn = null;
    if (next.batches() != null) {
      next.batches().read(next.batch(), this);
    }
    for (Noise noise : noises) {
      RandomStream stream = RandomStream.of(seed, noise.input().name(), next.noise());
      FloatBuffer values = noise.rows().batch().floats();
      if (noise.input().source() instanceof TransformationDraws draws) {
        draws.fill(stream, values, next.augmentation());
      } else {
        noise.input().source().fill(stream, values);
      }
    }
    drawn = next;
  }

  /**
   * Feeds a batch, none of whose shards has been {@link #cut} yet.
   *
   * @param fed drawn now if it has not been {@link #prepare prepared}
   * @param step how many generator steps there have been, which schedules go by
   */
  void feed(Draw fed, long step) {
    if (!fed.equals(drawn)) {
      draw(fed);
    }
    drawn = null;
    all.forEach(rows -> rows.batch().flush());
    for (Scheduled input : schedules) {
      input.scalar().set(input.schedule().at(step));
    }
  }

  /** Has the graph read a shard of the batch. */
  void cut(int shard) {
    all.forEach(rows -> rows.cut(shard));
  }

  @Override
  public void close() {
    all.forEach(Rows::close);
    schedules.forEach(input -> input.scalar().close());
    scalars.values().forEach(Tensor::close);
  }
}
