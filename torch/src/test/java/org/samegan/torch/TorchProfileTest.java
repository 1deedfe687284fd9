package org.samegan.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.samegan.core.backend.Backend;
import org.samegan.core.gan.Gan;
import org.samegan.core.profile.Profile;
import org.samegan.core.profile.ProfileRow;
import org.samegan.core.profile.ProfilingBackend;
import org.samegan.core.training.Trainer;
import org.samegan.models.Variants;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.library.Handles;

/** Where libtorch's time goes, beside where ND4J's does. */
class TorchProfileTest {
  private static final int BATCH = 4;
  private static final int STEPS = 3;

  private final Gan gan = SmallGans.images(Variants.named("dcgan"), 28, Map.of("width", 8));

  private static Backend torch() {
    return new TorchBackend(TestLibrary.cpu(), Forms.of(TestLibrary.cpu()), true);
  }

  private Trainer trainer(Backend backend) {
    return new Trainer(gan, new Ramp(gan.exampleShape()), BATCH, 7, backend);
  }

  private Profile profiled(Backend backend) {
    Profile profile = new Profile(0, 1);
    try (Trainer trainer = trainer(new ProfilingBackend(backend, profile))) {
      for (int i = 0; i < STEPS; i++) {
        profile.iteration(trainer::step);
      }
    }
    return profile;
  }

  private record Work(
      String part,
      String layer,
      List<List<Long>> inputs,
      List<List<Long>> outputs,
      long calls,
      long flops) {}

  /** Whether no image has so few channels that each backend computes it in another form. */
  private static boolean hasManyChannels(ProfileRow row) {
    return Stream.concat(row.inputs().stream(), row.outputs().stream())
        .filter(shape -> shape.size() == 4)
        .allMatch(shape -> shape.get(3) > 4);
  }

  /** Forward convolutions: what is read and written, and how much work it is. */
  private static Set<Work> convolutions(Profile profile, String... ops) {
    return profile.rows().stream()
        .filter(row -> List.of(ops).contains(row.op()) && hasManyChannels(row))
        .map(
            row ->
                new Work(
                    row.part(), row.layer(), row.inputs(), row.outputs(), row.calls(), row.flops()))
        .collect(Collectors.toSet());
  }

  @Test
  void bothBackendsNameTheSameConvolutions() {
    Profile onTorch = profiled(torch());
    Profile onNd4j = profiled(Backend.nd4j());
    assertThat(convolutions(onTorch, "convolution"))
        .isEqualTo(convolutions(onNd4j, "conv2d"))
        .hasSizeGreaterThan(1);
    assertThat(convolutions(onTorch, "convolution, transposed"))
        .filteredOn(work -> work.layer().startsWith("generator/"))
        .containsExactlyInAnyOrderElementsOf(
            convolutions(onNd4j, "deconv2d").stream()
                .filter(work -> work.layer().startsWith("generator/"))
                .toList())
        .isNotEmpty();
    assertThat(onTorch.total().flops()).isPositive();
  }

  /** A gradient op of ND4J's computes two gradients, libtorch's calls one each, if it is needed. */
  @Test
  void gradientsCountWhatIsComputed() {
    long torch = gradientFlops(profiled(torch()), "generator");
    long nd4j = gradientFlops(profiled(Backend.nd4j()), "generator");
    assertThat(torch).isPositive();
    assertThat(nd4j).isGreaterThanOrEqualTo(torch);
  }

  private static long gradientFlops(Profile profile, String part) {
    return profile.rows().stream()
        .filter(row -> row.part().equals(part) && row.layer().startsWith("generator/"))
        .filter(TorchProfileTest::hasManyChannels)
        .filter(row -> row.op().startsWith("convolution_backward") || row.op().endsWith("2d_bp"))
        .mapToLong(ProfileRow::flops)
        .sum();
  }

  @Test
  void rowsAddUpAndViewsMoveNothing() {
    Profile profile = profiled(torch());
    assertThat(profile.rows()).extracting(ProfileRow::nanos).allMatch(nanos -> nanos >= 0);
    assertThat(profile.rows().stream().mapToLong(ProfileRow::nanos).sum())
        .isEqualTo(profile.total().nanos());
    assertThat(profile.rows())
        .filteredOn(row -> row.op().equals("permute"))
        .isNotEmpty()
        .allMatch(row -> row.bytesRead() == 0 && row.bytesWritten() == 0 && row.flops() == 0);
    assertThat(profile.rows()).allMatch(row -> row.calls() % STEPS == 0);
  }

  @Test
  void aProfiledRunHasTheSameBitsAndKeepsNoHandle() {
    long handles = Handles.live();
    Profile profile = new Profile(1, 1);
    try (Trainer plain = trainer(torch());
        Trainer timed = trainer(new ProfilingBackend(torch(), profile))) {
      for (int i = 0; i < STEPS; i++) {
        assertThat(profile.iteration(timed::step)).isEqualTo(plain.step());
      }
      plain
          .state()
          .arrays()
          .forEach(
              (path, array) ->
                  assertThat(timed.state().arrays().get(path).data().asFloat())
                      .as(path)
                      .isEqualTo(array.data().asFloat()));
    }
    assertThat(Handles.live()).isEqualTo(handles);
  }
}
