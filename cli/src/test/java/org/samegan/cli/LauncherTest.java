package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout that has been built, with a Java that says what it is called with. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -fullversion ]; then
        echo 'openjdk full version "'${JAVA_VERSION:-17.0.1}'"' >&2
      elif [ "$1" = -Xshare:dump ]; then
        echo noise
        [ "${NO_ARCHIVES:-}" ] || echo archive > "${2#*=}"
      else
        echo "LC_ALL ${LC_ALL:-none}"
        printf '<%s>\\n' "$@"
        while [ "$1" != -cp ]; do shift; done
        ls "${2%/\\*}"
      fi
      """;

  @TempDir private Path directory;
  private Path checkout;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = makeCheckout("a checkout");
    Files.writeString(Files.createDirectories(directory.resolve("jdk/bin")).resolve("java"), JAVA)
        .toFile()
        .setExecutable(true);
  }

  private Path makeCheckout(String name) throws IOException {
    Path root = Files.createDirectories(directory.resolve(name));
    Files.copy(Path.of("..", "samegan"), root.resolve("samegan"));
    root.resolve("samegan").toFile().setExecutable(true);
    for (String module : List.of("core", "models", "torch", "io", "runs", "cli")) {
      Path source = Files.createDirectories(root.resolve(module).resolve("src/main"));
      Files.writeString(source.resolve("A.java"), "class A {}");
      Files.writeString(root.resolve(module).resolve("pom.xml"), module);
    }
    Files.createDirectory(root.resolve(".mvn"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Path lib = Files.createDirectories(root.resolve("cli/target/dist/lib"));
    Files.createFile(lib.resolve("samegan.jar"));
    String digest =
        output(
            Map.of(),
            "bash",
            "-c",
            "cd '"
                + root
                + "' && find pom.xml .mvn {core,models,torch,io,runs,cli}/{pom.xml,src/main}"
                + " -type f -exec cksum {} + | LC_ALL=C sort | cksum");
    Files.writeString(root.resolve("cli/target/dist/build.stamp"), "native\t" + digest);
    return root;
  }

  /** What a command writes, run in the test's directory. */
  private String output(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(directory.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("SAMEGAN") || key.equals("LANG"));
    builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
    builder.environment().putAll(environment);
    return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private void runs(Path root, String output) {
    assertThat(output).contains("<org.samegan.cli.Main>", "<inspect>", "<a b>");
    if (!root.toString().contains(":")) {
      assertThat(output).contains("<" + root.toAbsolutePath() + "/cli/target/dist/lib/*>");
    }
    assertThat(output).endsWith("samegan.jar\n");
  }

  @Test
  void isFoundWhateverItIsCalledByAndWhateverCdpath() throws IOException {
    Files.createDirectories(directory.resolve("elsewhere/links"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("a checkout/samegan"));
    Path links = Files.createDirectory(directory.resolve("links"));
    Files.createSymbolicLink(links.resolve("again"), Path.of("../link"));
    Map<String, String> environment =
        Map.of("CDPATH", directory.resolve("elsewhere") + ":" + directory);
    List<List<String>> calls =
        List.of(
            List.of("a checkout/samegan"),
            List.of(checkout.resolve("samegan").toString()),
            List.of("./link"),
            List.of("links/again"),
            List.of("bash", "link"),
            List.of("sh", "a checkout/samegan"),
            List.of("sh", "link"));
    for (List<String> call : calls) {
      List<String> command = new ArrayList<>(call);
      command.addAll(List.of("inspect", "a b"));
      String output = output(environment, command.toArray(new String[0]));
      runs(checkout, output);
      String last = call.get(call.size() - 1);
      assertThat(output)
          .contains("<-Dsamegan.command=" + (last.contains("/") ? last : "./" + last) + ">");
    }
  }

  @Test
  void aCopyIsNotBuiltAgainButAChangeIs() throws IOException {
    output(Map.of(), "cp", "-r", "a checkout", "copy");
    Path copy = directory.resolve("copy");
    // As cp leaves it where that takes longer.
    touch(copy.resolve("core/src/main/A.java"));
    runs(copy, output(Map.of(), "copy/samegan", "inspect", "a b"));
    Files.writeString(copy.resolve("core/src/main/A.java"), "class B {}");
    touch(copy.resolve("core/src/main/A.java"));
    assertThat(output(Map.of(), "copy/samegan", "inspect", "a b")).contains("building needs a JDK");
    try (Stream<Path> left = Files.list(copy.resolve("cli/target/dist"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("lib", "build.stamp");
    }
  }

  private void touch(Path file) throws IOException {
    output(Map.of(), "touch", "-d", "2038-01-01", file.toString());
  }

  @Test
  @DisabledOnOs(OS.MAC)
  void aColonInItsPathIsNoEndOfTheClassPath() throws IOException {
    Path root = makeCheckout("c:d");
    String output = output(Map.of(), "c:d/samegan", "inspect", "a b");
    runs(root, output);
    assertThat(output).contains("</proc/self/fd/");
  }

  /** Under the locale C, Java takes no file name beyond ASCII. */
  @Test
  @DisabledOnOs(OS.MAC)
  void aLocaleThatHasOnlyAsciiIsReplacedAndNoOther() throws IOException {
    for (String locale : List.of("C", "POSIX", "xx_YY.UTF-8", "")) {
      assertThat(output(Map.of("LC_ALL", locale), "a checkout/samegan", "inspect", "a b"))
          .as(locale)
          .containsPattern("(?i)LC_ALL (C|en_US)[.]utf-?8\n");
    }
    assertThat(output(Map.of("LC_ALL", "C.UTF-8"), "a checkout/samegan", "inspect", "a b"))
        .contains("LC_ALL C.UTF-8\n");
  }

  /** Java crashes of an archive that was cut short, and says nothing of one that isn't its own. */
  @Test
  void classesAreArchivedOnceForEveryJavaAndPlace() throws IOException {
    Path startup = Files.createDirectories(checkout.resolve("cli/target/dist/startup"));
    archives(false, Map.of(), "a checkout");
    Files.writeString(startup.resolve("classes.list"), "java/lang/Object");
    archives(true, Map.of(), "a checkout");
    archives(false, Map.of(), "a checkout");
    archives(true, Map.of("JAVA_VERSION", "17.0.2"), "a checkout");
    archives(true, Map.of(), "a checkout");
    output(Map.of(), "cp", "-r", "a checkout", "copy");
    archives(true, Map.of(), "copy");
    archives(false, Map.of(), "copy");
    archives(false, Map.of(), "a checkout");
    Files.writeString(startup.resolve("classes.jsa"), "arch");
    archives(true, Map.of(), "a checkout");
    Files.delete(startup.resolve("classes.jsa"));
    archives(true, Map.of(), "a checkout");
  }

  private void archives(boolean made, Map<String, String> environment, String place)
      throws IOException {
    String output = output(environment, place + "/samegan", "inspect", "a b");
    runs(directory.resolve(place), output);
    Path startup = directory.resolve(place).resolve("cli/target/dist/startup");
    if (made) {
      assertThat(output).contains("preparing quicker starts");
    } else {
      assertThat(output).doesNotContain("preparing");
    }
    assertThat(output).doesNotContain("noise");
    if (Files.exists(startup.resolve("classes.list"))) {
      assertThat(output)
          .contains("<-XX:SharedArchiveFile=" + startup + "/classes.jsa>", "<-Xlog:disable>");
    } else {
      assertThat(output).doesNotContain("SharedArchiveFile");
    }
  }

  @Test
  void aJavaThatMakesNoArchivesIsAskedOnce() throws IOException {
    Path startup = Files.createDirectories(checkout.resolve("cli/target/dist/startup"));
    Files.writeString(startup.resolve("classes.list"), "java/lang/Object");
    Map<String, String> environment = Map.of("NO_ARCHIVES", "1");
    String output = output(environment, "a checkout/samegan", "inspect", "a b");
    runs(checkout, output);
    assertThat(output).contains("preparing quicker starts").doesNotContain("SharedArchiveFile");
    output = output(environment, "a checkout/samegan", "inspect", "a b");
    runs(checkout, output);
    assertThat(output).doesNotContain("preparing").doesNotContain("SharedArchiveFile");
  }

  /** A colon parts two archives. */
  @Test
  @DisabledOnOs(OS.MAC)
  void aColonInItsPathIsNoEndOfTheArchivesName() throws IOException {
    Path root = makeCheckout("c:d");
    Path startup = Files.createDirectories(root.resolve("cli/target/dist/startup"));
    Files.writeString(startup.resolve("classes.list"), "java/lang/Object");
    String output = output(Map.of(), "c:d/samegan", "inspect", "a b");
    runs(root, output);
    assertThat(output).containsPattern("<-XX:SharedArchiveFile=/proc/self/fd/[^:]*classes.jsa>");
    assertThat(startup.resolve("classes.jsa")).hasContent("archive");
  }
}
