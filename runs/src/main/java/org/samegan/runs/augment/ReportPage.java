package org.samegan.runs.augment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An experiment as one page that asks no host for anything.
 *
 * @param report what to show
 * @param examples images of the first subset
 */
record ReportPage(AugmentReport report, ExampleSheets examples) {
  /** Its name in an experiment's directory. */
  static final String FILE = "augment.html";

  private static final String STYLE = "augment.css";

  private static final String EXPLANATION =
      """
      <p>All arms of a subset learn from the same labelled images, start from the same weights \
      and, but for R, take as many steps. The test images were looked at by finished classifiers \
      alone; the generator's checkpoint, the filter's threshold tau and the share of synthetic \
      images in a batch were chosen by the labelled images.</p>
      <p>The verdict of a difference is <em>helps</em> where its 95&nbsp;% interval (Student's t \
      over subsets) lies above 0, <em>hurts</em> where it lies below, and <em>no evidence</em> \
      otherwise; of one subset McNemar's exact test decides at 5&nbsp;%, which says nothing of \
      other labelled images. All together they hurt if R+A+G is worse than R+A or R+G worse than \
      R′, and help if R+A+G is better than R+A: what classical augmentation gives as well is no \
      merit of synthetic images.</p>
      """;

  /** The page. */
  String html() throws IOException {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + "<title>Do synthetic images help? "
        + report.verdict()
        + "</title>\n<style>\n"
        + style()
        + "</style>\n</head>\n<body>\n<h1>Do the synthetic images help?</h1>\n"
        + verdict()
        + section("Differences of accuracy")
        + DifferencesPicture.svg(report.differences())
        + differences()
        + section("Accuracy on " + Html.count(report.data().test()) + " test images")
        + arms()
        + section("Recall of each class")
        + recall()
        + section("Images")
        + images()
        + section("What was chosen")
        + subsets()
        + section("How to read it")
        + EXPLANATION
        + section("How to make it again")
        + reproduction()
        + "</body>\n</html>\n";
  }

  private static String style() throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream(STYLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String section(String title) {
    return "<h2>" + title + "</h2>\n";
  }

  private String verdict() {
    String said =
        switch (report.verdict()) {
          case "helps" -> "Yes: classifiers get better with them.";
          case "hurts" -> "No: classifiers get worse with them.";
          default -> "There is no evidence that they help.";
        };
    String reasons =
        report.differences().stream()
            .filter(AugmentReport.Difference::decisive)
            .map(this::inWords)
            .collect(Collectors.joining(" "));
    return String.format(
        Locale.ROOT,
        "<p class=\"verdict %s\">%s</p>\n<p>%s</p>\n",
        report.verdict().replace(' ', '-'),
        said,
        reasons);
  }

  private String inWords(AugmentReport.Difference difference) {
    AugmentReport.Mean mean = difference.accuracy();
    String sure =
        mean.low() == null
            ? "one subset, McNemar's test: p " + probability(difference.probability())
            : String.format(
                Locale.ROOT,
                "95&nbsp;%% interval over %d subsets: %s to %s",
                report.subsets().size(),
                Html.points(mean.low()),
                Html.points(mean.high()));
    return String.format(
        Locale.ROOT,
        "With %s (%s) they are right about %s of the test images, with %s (%s) about %s: %s (%s),"
            + " %s.",
        difference.first().description(),
        Html.symbol(difference.first()),
        Html.percent(of(difference.first()).accuracy().mean()),
        difference.second().description(),
        Html.symbol(difference.second()),
        Html.percent(of(difference.second()).accuracy().mean()),
        Html.points(mean.mean()),
        sure,
        difference.verdict());
  }

  private static String probability(double p) {
    String said = Html.probability(p);
    return said.startsWith("&lt;") ? said : "= " + said;
  }

  private AugmentReport.ArmSummary of(Arm arm) {
    return report.arms().stream().filter(known -> known.arm() == arm).findFirst().orElseThrow();
  }

  private String differences() {
    return Html.table(
        List.of("", "question", "accuracy", "mean recall", "one alone right", "p", "verdict"),
        2,
        report.differences().stream()
            .map(
                difference ->
                    List.of(
                        Html.symbol(difference.first()) + " − " + Html.symbol(difference.second()),
                        Html.escaped(difference.question()),
                        Html.differences(difference.accuracy()),
                        Html.differences(difference.meanRecall()),
                        Html.count(difference.onlyFirst())
                            + " : "
                            + Html.count(difference.onlySecond()),
                        Html.probability(difference.probability()),
                        difference.verdict()))
            .toList());
  }

  private String arms() {
    return Html.table(
        List.of("arm", "trained on", "steps", "accuracy", "mean recall"),
        2,
        report.arms().stream()
            .map(
                arm ->
                    List.of(
                        Html.symbol(arm.arm()),
                        Html.escaped(arm.description()),
                        Html.count(arm.steps()),
                        Html.shares(arm.accuracy()),
                        Html.shares(arm.meanRecall())))
            .toList());
  }

  private String recall() {
    List<String> head = new ArrayList<>(List.of("class"));
    report.arms().forEach(arm -> head.add(Html.symbol(arm.arm())));
    List<String> names = report.data().classes();
    return Html.table(
        head,
        1,
        IntStream.range(0, names.size())
            .mapToObj(
                label -> {
                  List<String> row = new ArrayList<>(List.of(Html.escaped(names.get(label))));
                  report.arms().forEach(arm -> row.add(Html.percent(arm.recall().get(label))));
                  return row;
                })
            .toList());
  }

  private String subsets() {
    List<String> head =
        new ArrayList<>(List.of("subset", "images", "generator's step", "tau", "share", "passed"));
    report.arms().forEach(arm -> head.add(Html.symbol(arm.arm())));
    return Html.table(head, 0, report.subsets().stream().map(ReportPage::row).toList());
  }

  private static List<String> row(AugmentReport.SubsetSummary subset) {
    List<String> row =
        new ArrayList<>(
            List.of(
                Html.count(subset.number()),
                Html.count(subset.images().stream().mapToInt(i -> i).sum()),
                Html.count(subset.checkpoint()),
                String.valueOf(subset.tau()),
                Html.percent(subset.share()),
                Html.count(subset.taken()) + " of " + Html.count(subset.looked())));
    subset.arms().forEach(arm -> row.add(Html.percent(arm.accuracy())));
    return row;
  }

  private String images() {
    return "<p>Real images of the first subset, a class in each row:</p>\n"
        + examples.ofReal()
        + "<p>Synthetic images of the same classes, the first of the written set:</p>\n"
        + examples.ofSynthetic()
        + String.format(
            Locale.ROOT,
            "<p class=\"soft\">All %s are in <code>%s/</code>.</p>\n",
            Html.count(report.synthetic().images().stream().mapToInt(i -> i).sum()),
            report.synthetic().directory());
  }

  private String reproduction() {
    AugmentReport.Data data = report.data();
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("labelled images", data.labelled(), data.fingerprint()));
    rows.add(row("test images", data.test(), data.testFingerprint()));
    if (data.unlabelledFingerprint() != null) {
      rows.add(row("images without labels", data.unlabelled(), data.unlabelledFingerprint()));
    }
    return "<pre>"
        + Html.escaped(ReproducingCommand.of(report.settings()))
        + "</pre>\n"
        + Html.table(List.of("data", "images", "fingerprint"), 3, rows)
        + String.format(
            Locale.ROOT,
            "<p class=\"soft\">SameGAN %s, ND4J %s, Java %s, %s. The same command gives the same"
                + " bits on the same kind of machine with as many threads; all numbers are in"
                + " <code>%s</code>. A synthetic image is made again by its index and seed:</p>\n"
                + "<pre>samegan sample DIR/%s --seed %d --out samples</pre>\n",
            Html.escaped(report.software().samegan()),
            Html.escaped(report.software().nd4j()),
            Html.escaped(report.software().java()),
            Html.escaped(report.software().system()),
            AugmentReport.FILE,
            Html.escaped(report.synthetic().generator()),
            report.synthetic().seed());
  }

  private static List<String> row(String what, int images, String fingerprint) {
    return List.of(what, Html.count(images), Html.code(fingerprint));
  }
}
