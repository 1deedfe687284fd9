package org.samegan.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.samegan.core.backend.Backend;
import org.samegan.core.gan.Gan;
import org.samegan.core.training.RecordingData;
import org.samegan.core.training.TinyGan;
import org.samegan.core.training.Trainer;

class ProfileTest {
  private static final int BATCH = 4;

  private static Trainer trainer(Gan gan, Backend backend) {
    return new Trainer(gan, RecordingData.ofImages(16), BATCH, 3, backend);
  }

  private static Profile profiled(int steps, int warmUp, int traced, int discriminatorSteps) {
    Profile profile = new Profile(warmUp, traced);
    Backend timed = new ProfilingBackend(Backend.nd4j(), profile);
    Gan gan = TinyGan.withDiscriminatorSteps(discriminatorSteps);
    try (Trainer trainer = trainer(gan, timed)) {
      for (int i = 0; i < steps; i++) {
        profile.iteration(trainer::step);
      }
    }
    return profile;
  }

  private static long calls(Profile profile, String part, Predicate<String> op) {
    return profile.rows().stream()
        .filter(row -> row.part().equals(part) && op.test(row.op()))
        .mapToLong(ProfileRow::calls)
        .sum();
  }

  private static boolean isOfGraph(String op) {
    return !List.of("update", "norm", "average", Profile.BETWEEN).contains(op);
  }

  @Test
  void rowsAddUpToTheIterationsTime() {
    Profile profile = profiled(4, 0, 0, 1);
    assertThat(profile.rows()).extracting(ProfileRow::nanos).allMatch(nanos -> nanos >= 0);
    assertThat(profile.rows()).isSortedAccordingTo((a, b) -> Long.compare(b.nanos(), a.nanos()));
    assertThat(profile.rows()).extracting(ProfileRow::kind).doesNotHaveDuplicates();
    long sum = profile.rows().stream().mapToLong(ProfileRow::nanos).sum();
    assertThat(profile.total().nanos()).isEqualTo(sum).isPositive();
    assertThat(profile.rows()).extracting(ProfileRow::op).contains(Profile.OUTSIDE);
  }

  /** Every iteration makes the same calls: so many times those of one. */
  @Test
  void countsStepsTimesKernels() {
    Profile one = profiled(1, 0, 0, 1);
    Profile many = profiled(5, 0, 0, 2);
    assertThat(calls(one, "discriminator", ProfileTest::isOfGraph)).isGreaterThan(20);
    assertThat(calls(many, "discriminator", ProfileTest::isOfGraph))
        .isEqualTo(5 * 2 * calls(one, "discriminator", ProfileTest::isOfGraph));
    assertThat(calls(many, "generator", ProfileTest::isOfGraph))
        .isEqualTo(5 * calls(one, "generator", ProfileTest::isOfGraph));
    for (String op : List.of("update", "norm")) {
      assertThat(calls(many, "discriminator", op::equals)).as(op).isEqualTo(10);
      assertThat(calls(many, "generator", op::equals)).as(op).isEqualTo(5);
    }
    assertThat(many.total().flops())
        .isEqualTo(5 * (flops(one, "generator") + 2 * flops(one, "discriminator")));
  }

  private static long flops(Profile profile, String part) {
    return profile.rows().stream()
        .filter(row -> row.part().equals(part))
        .mapToLong(ProfileRow::flops)
        .sum();
  }

  /** The generator's step passes the discriminator too, whose weights are its layers'. */
  @Test
  void tellsLayersAndTheirConvolutions() {
    Profile profile = profiled(1, 0, 0, 1);
    assertThat(profile.rows())
        .filteredOn(row -> row.op().equals("conv2d") && row.layer().startsWith("generator"))
        .as("the transposed convolution, which has few channels")
        .extracting(ProfileRow::layer)
        .containsOnly("generator/4_conv_transpose2d");
    assertThat(profile.rows())
        .filteredOn(row -> row.op().equals("conv2d") && row.part().equals("generator"))
        .extracting(ProfileRow::layer)
        .contains("discriminator/0_conv2d", "discriminator/3_conv2d");
    assertThat(profile.rows())
        .extracting(ProfileRow::layer)
        .allMatch(layer -> layer.isEmpty() || layer.matches("(generator|discriminator)/\\d+_.+"));
  }

  @Test
  void forgetsTheWarmUpOnceItIsOver() {
    assertThat(profiled(2, 3, 1, 1).iterations()).isEqualTo(2);
    assertThat(profiled(2, 3, 1, 1).warmUps()).isZero();
    Profile profile = profiled(5, 3, 1, 1);
    assertThat(profile.iterations()).isEqualTo(2);
    assertThat(profile.warmUps()).isEqualTo(3);
    assertThat(profile.tracedIterations()).isEqualTo(1);
    assertThat(calls(profile, "generator", "update"::equals)).isEqualTo(2);
  }

  @Test
  void whatIsComputedBetweenIterationsIsNotCounted() {
    Profile profile = new Profile(0, 5);
    try (Trainer trainer = trainer(TinyGan.gan(), new ProfilingBackend(Backend.nd4j(), profile))) {
      trainer.step();
      assertThat(profile.rows()).isEmpty();
      profile.iteration(trainer::step);
      List<ProfileRow> rows = profile.rows();
      int traced = profile.trace().size();
      trainer.evaluateDiscriminator(RecordingData.ofImages(16), 1);
      assertThat(profile.rows()).isEqualTo(rows);
      assertThat(profile.trace()).hasSize(traced);
    }
  }

  @Test
  void aProfiledRunHasTheSameBits() {
    Profile profile = new Profile(1, 1);
    try (Trainer plain = trainer(TinyGan.gan(), Backend.nd4j());
        Trainer timed = trainer(TinyGan.gan(), new ProfilingBackend(Backend.nd4j(), profile))) {
      for (int i = 0; i < 4; i++) {
        assertThat(profile.iteration(timed::step)).isEqualTo(plain.step());
      }
      assertThat(TinyGan.values(timed.state().arrays()))
          .usingRecursiveComparison()
          .isEqualTo(TinyGan.values(plain.state().arrays()));
    }
  }

  /** Where every iteration is traced, the trace is the rows' calls one by one. */
  @Test
  void theTraceIsTheRowsInTime() {
    Profile profile = profiled(3, 2, 5, 2);
    assertThat(profile.tracedIterations()).isEqualTo(1);
    Map<String, Long> free = new HashMap<>();
    for (TracedCall call : profile.trace()) {
      assertThat(call.start()).isGreaterThanOrEqualTo(free.getOrDefault(call.lane(), 0L));
      free.put(call.lane(), call.start() + call.work().nanos());
    }
    assertThat(free).containsOnlyKeys("discriminator", "generator", Profile.REST);
    Map<List<Object>, Long> traced =
        profile.trace().stream()
            .map(TracedCall::work)
            .collect(
                Collectors.groupingBy(ProfileRow::kind, Collectors.summingLong(ProfileRow::nanos)));
    Map<List<Object>, Long> rows =
        profile.rows().stream()
            .filter(row -> !row.op().equals(Profile.BETWEEN))
            .collect(Collectors.toMap(ProfileRow::kind, ProfileRow::nanos));
    assertThat(traced).isEqualTo(rows);
  }

  /** What was computed before a failure is told, and its time with it. */
  @Test
  void aFailedIterationStillAddsUp() {
    Profile profile = new Profile(0, 1);
    Backend timed = new ProfilingBackend(Backend.nd4j(), profile);
    try (Trainer trainer = trainer(TinyGan.gan(), timed)) {
      assertThatThrownBy(
              () ->
                  profile.iteration(
                      () -> {
                        trainer.step();
                        throw new IllegalStateException("enough");
                      }))
          .hasMessage("enough");
    }
    assertThat(profile.iterations()).isEqualTo(1);
    assertThat(profile.rows()).extracting(ProfileRow::nanos).allMatch(nanos -> nanos >= 0);
  }

  @Test
  void iterationsToForgetAndToTraceAreCounts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Profile(-1, 2))
        .withMessageEndingWith("found -1 and 2");
  }
}
