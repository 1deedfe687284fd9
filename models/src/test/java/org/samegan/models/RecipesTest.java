package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.DiscriminatorSteps;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.objective.Constraint;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.GradientPenalty.Points;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.optimizer.RmsProp;

/**
 * The recipe of every variant when nothing is set, in numbers from the papers that the variants
 * cite. Everything is spelt out here, so that a default which changes must be changed twice.
 */
class RecipesTest {
  private static final ExampleForm IMAGES = ExampleForm.images(28, 1, 10);
  private static final Constraint NONE = new Constraint.None();

  /** Radford et al. 2016, section 4; Odena et al. 2017, table 1, has the same. */
  private static final Adam DCGAN = new Adam(2e-4, 0.5, 0.999, 1e-8);

  static List<Arguments> recipes() {
    Objective game = new Objective.NonSaturating();
    Objective wasserstein = new Objective.Wasserstein();
    // The defaults of the PyTorch that the authors' code trains with; the paper has the rate only.
    Optimizer wganRmsProp = new RmsProp(5e-5, 0.99, 1e-8);
    // Appendix E of Gulrajani et al. 2017; their algorithm 1 has a beta1 of 0.
    Adam wganGpAdam = new Adam(1e-4, 0.5, 0.9, 1e-8);
    // Chen et al. 2016, appendix C: 1e-3 for G, 2e-4 for D; beta1 as in the authors' code.
    Recipe infogan =
        new Recipe(
            game,
            List.of(),
            NONE,
            new Adam(1e-3, 0.5, 0.999, 1e-8),
            new Adam(2e-4, 0.5, 0.999, 1e-8),
            new DiscriminatorSteps(1, null),
            new MovingAverage(0));
    return List.of(
        Arguments.of("gan", recipe(game, DCGAN)),
        Arguments.of("dcgan", recipe(game, DCGAN)),
        Arguments.of("cgan", recipe(game, DCGAN)),
        Arguments.of("acgan", recipe(game, DCGAN)),
        Arguments.of("infogan", infogan),
        Arguments.of("ssinfogan", infogan),
        Arguments.of("lsgan", recipe(new Objective.LeastSquares(), DCGAN)),
        // Arjovsky et al. 2017, algorithm 1.
        Arguments.of(
            "wgan",
            recipe(wasserstein, new Constraint.WeightClipping(0.01), wganRmsProp, 5, List.of())),
        Arguments.of(
            "wgan-gp",
            recipe(
                wasserstein,
                NONE,
                wganGpAdam,
                5,
                List.of(new GradientPenalty(Points.BETWEEN, 10, 1, false)))),
        // Petzka et al. 2018, eq. 8: only norms above 1 are penalised.
        Arguments.of(
            "wgan-lp",
            recipe(
                wasserstein,
                NONE,
                wganGpAdam,
                5,
                List.of(new GradientPenalty(Points.BETWEEN, 10, 1, true)))),
        // Kodali et al. 2017: lambda is about 10, k is 1.
        Arguments.of(
            "dragan",
            recipe(
                game,
                NONE,
                DCGAN,
                1,
                List.of(new GradientPenalty(Points.AROUND_REAL, 10, 1, false)))),
        // Miyato et al. 2018: eq. 16 and 17, and the Adam of their residual networks.
        Arguments.of("sngan", recipe(new Objective.Hinge(), new Adam(2e-4, 0, 0.9, 1e-8))),
        // Huang et al. 2024: R1 and R2, each gamma / 2 times the mean square, and beta1 = 0.
        Arguments.of(
            "r3gan",
            recipe(
                new Objective.Relativistic(),
                NONE,
                new Adam(2e-4, 0, 0.99, 1e-8),
                1,
                List.of(
                    new GradientPenalty(Points.REAL, 0.5, 0, false),
                    new GradientPenalty(Points.FAKE, 0.5, 0, false)))));
  }

  private static Recipe recipe(Objective objective, Optimizer both) {
    return recipe(objective, NONE, both, 1, List.of());
  }

  private static Recipe recipe(
      Objective objective,
      Constraint constraint,
      Optimizer both,
      int discriminatorSteps,
      List<GradientPenalty> penalties) {
    return new Recipe(
        objective,
        penalties,
        constraint,
        both,
        both,
        new DiscriminatorSteps(discriminatorSteps, null),
        new MovingAverage(0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recipes")
  void isThePapersUnlessToldOtherwise(String name, Recipe expected) {
    assertThat(Variants.named(name).gan(IMAGES, Map.of()).recipe()).isEqualTo(expected);
  }

  @Test
  void everyVariantsIsHere() {
    assertThat(recipes())
        .extracting(recipe -> recipe.get()[0])
        .containsExactlyElementsOf(Variants.all().stream().map(Variant::name).toList());
  }

  /** Chen et al. 2016, section 6: 1 is enough for the categorical code, the continuous get less. */
  @ParameterizedTest
  @CsvSource({"infogan, 1, 0.1", "acgan, 1, 0"})
  void recognitionHasThePapersWeights(String name, double categorical, double continuous) {
    Recognition recognition = Variants.named(name).gan(IMAGES, Map.of()).recognition();

    assertThat(recognition.categoricalWeight()).isEqualTo(categorical);
    assertThat(recognition.continuousWeight()).isEqualTo(continuous);
  }

  @ParameterizedTest
  @CsvSource({
    "classification.weight, acgan",
    "categorical.weight, infogan",
    "categorical.weight, ssinfogan"
  })
  void theWeightOfClassesCanBeSet(String key, String name) {
    assertThat(recognition(name, key).categoricalWeight()).isEqualTo(0.25);
  }

  @Test
  void theWeightOfContinuousCodesCanBeSet() {
    assertThat(recognition("infogan", "continuous.weight").continuousWeight()).isEqualTo(0.25);
  }

  private static Recognition recognition(String name, String key) {
    return Variants.named(name).gan(IMAGES, Map.of(key, 0.25)).recognition();
  }
}
