package org.samegan.core.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SameDiff;
import org.samegan.core.backend.Backend;
import org.samegan.core.backend.ForwardingBackend;
import org.samegan.core.backend.Norm;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Flops;
import org.samegan.core.execution.PlannedCall;
import org.samegan.core.execution.Tensor;
import org.samegan.core.objective.Constraint;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;

/**
 * Another backend, whose graphs, updates and norms are timed. It computes the same, to the bit.
 *
 * <pre>{@code
 * Profile profile = new Profile();
 * Backend timed = new ProfilingBackend(Backend.nd4j(), profile);
 * try (Trainer trainer = new Trainer(gan, data, 64, 42, timed)) {
 *   for (int i = 0; i < 20; i++) {
 *     profile.iteration(trainer::step);
 *   }
 * }
 * profile.rows().forEach(System.err::println);
 * }</pre>
 */
public final class ProfilingBackend extends ForwardingBackend {
  private final Profile profile;
  private final String part;

  /**
   * Before another backend.
   *
   * @param profile is told of everything that is computed
   */
  public ProfilingBackend(Backend backend, Profile profile) {
    this(backend, profile, "graph");
  }

  private ProfilingBackend(Backend backend, Profile profile, String part) {
    super(backend);
    this.profile = profile;
    this.part = part;
  }

  /** This backend with a profile, or as it is. */
  public static Backend of(Backend backend, Optional<Profile> profile) {
    return profile.isPresent() ? new ProfilingBackend(backend, profile.get()) : backend;
  }

  @Override
  public Backend forPart(String name) {
    return new ProfilingBackend(backend().forPart(name), profile, name);
  }

  @Override
  public CompiledGraph compile(
      SameDiff graph, Map<String, Tensor> inputs, Map<String, Tensor> results) {
    CompiledGraph compiled = super.compile(graph, inputs, results);
    try {
      compiled.time(profile.ofGraph(part));
    } catch (RuntimeException e) {
      compiled.close();
      throw e;
    }
    return compiled;
  }

  @Override
  public Optimizer.Update update(
      Optimizer optimizer,
      Constraint constraint,
      Tensor parameters,
      Tensor gradient,
      List<Tensor> state) {
    return timed(
        "update",
        Stream.concat(Stream.of(parameters, gradient), state.stream()).toList(),
        Stream.concat(Stream.of(parameters), state.stream()).toList(),
        super.update(optimizer, constraint, parameters, gradient, state));
  }

  @Override
  public Optimizer.Update average(
      MovingAverage average, Tensor values, Tensor averaged, Tensor scratch) {
    return timed(
        "average",
        List.of(values, averaged),
        List.of(averaged),
        super.average(average, values, averaged, scratch));
  }

  /** Operations of an update are not counted: what it costs is its traffic. */
  private Optimizer.Update timed(
      String name, List<Tensor> read, List<Tensor> written, Optimizer.Update update) {
    CallTimes times = times(name, read, written, 0);
    return new Optimizer.Update() {
      @Override
      public void apply(long count, long step) {
        times.time(() -> update.apply(count, step));
      }

      @Override
      public void close() {
        update.close();
      }
    };
  }

  @Override
  public Norm norm(Tensor vector) {
    Norm norm = super.norm(vector);
    CallTimes times = times("norm", List.of(vector), List.of(), Flops.product(1, vector.length()));
    return new Norm() {
      @Override
      public void start() {
        times.time(norm::start);
      }

      @Override
      public double get() {
        return norm.get();
      }

      @Override
      public void close() {
        norm.close();
      }
    };
  }

  private CallTimes times(String name, List<Tensor> read, List<Tensor> written, long flops) {
    CallTimes times = profile.besideGraph(part);
    times.calls(
        List.of(
            new PlannedCall(
                name,
                List.of(),
                shapes(read),
                shapes(written),
                bytes(read),
                bytes(written),
                flops)));
    return times;
  }

  private static List<List<Long>> shapes(List<Tensor> tensors) {
    return tensors.stream().map(tensor -> PlannedCall.extents(tensor.shape())).toList();
  }

  private static long bytes(List<Tensor> tensors) {
    return tensors.stream().mapToLong(tensor -> tensor.length() * tensor.type().width()).sum();
  }
}
