package org.samegan.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The modules' dependency direction, {@code cli -> runs -> {models, io, torch} -> core}, beside
 * which {@code evaluation} stands on core, and what each may use.
 */
@AnalyzeClasses(packages = "org.samegan", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CORE = "org.samegan.core..";
  private static final String MODELS = "org.samegan.models..";
  private static final String IO = "org.samegan.io..";
  private static final String RUNS = "org.samegan.runs..";
  private static final String TORCH = "org.samegan.torch..";
  private static final String EVALUATION = "org.samegan.evaluation..";
  private static final String CLI = "org.samegan.cli..";

  @ArchTest
  static final ArchRule coreDependsOnNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MODELS, IO, TORCH, EVALUATION, RUNS, CLI);

  @ArchTest
  static final ArchRule modelsDependOnCoreAlone =
      noClasses()
          .that()
          .resideInAPackage(MODELS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(IO, TORCH, EVALUATION, RUNS, CLI);

  @ArchTest
  static final ArchRule ioDependsOnCoreAlone =
      noClasses()
          .that()
          .resideInAPackage(IO)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MODELS, TORCH, EVALUATION, RUNS, CLI);

  @ArchTest
  static final ArchRule torchDependsOnCoreAlone =
      noClasses()
          .that()
          .resideInAPackage(TORCH)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MODELS, IO, EVALUATION, RUNS, CLI);

  @ArchTest
  static final ArchRule evaluationDependsOnCoreAlone =
      noClasses()
          .that()
          .resideInAPackage(EVALUATION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MODELS, IO, TORCH, RUNS, CLI, "org.nd4j..");

  /** What speaks to libtorch is one module, and what chooses it is one package. */
  @ArchTest
  static final ArchRule onlyTheChoiceOfADeviceKnowsLibtorch =
      noClasses()
          .that()
          .resideOutsideOfPackages(TORCH, "org.samegan.runs.device")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TORCH, "com.sun.jna..");

  @ArchTest
  static final ArchRule runsDoNotKnowTheCli =
      noClasses()
          .that()
          .resideInAPackage(RUNS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CLI);

  @ArchTest
  static final ArchRule noPackagesDependOnEachOtherInACircle =
      slices().matching("org.samegan.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheCliUsesPicocliAndProgressBars =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "me.tongfei.progressbar..");

  /** ONNX Runtime is optional for those who use io as a library. */
  @ArchTest
  static final ArchRule onlyOnePackageKnowsOnnx =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.samegan.io.onnx")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("onnx..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule coreKnowsNoJson =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson..", "org.nd4j.shade.jackson..");

  @ArchTest
  static final ArchRule onlyTheCliWritesToTheStandardStreams =
      noClasses().that().resideOutsideOfPackage(CLI).should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule onlyMainEndsTheProcess =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.samegan.cli.Main")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule messagesHaveTheSameNumeralsInEveryLocale =
      noClasses()
          .should()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "formatted", Object[].class)
          .because("the default locale may write numbers in other digits");
}
