package org.samegan.core.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GPUs that NVIDIA's driver knows, asked through its tool so that no library need be loaded to
 * find out that it can't be used.
 *
 * @param gpus in the driver's order
 * @param problem why there is none, in words; empty if there is one
 */
public record GpuListing(List<Gpu> gpus, String problem) {
  /** None, as none was asked for. */
  public static final GpuListing EMPTY = new GpuListing(List.of(), "not asked");

  private static final List<String> QUERY =
      List.of("nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader");
  private static final Pattern LINE = Pattern.compile("(.+),\\s*(\\d+)\\.(\\d+)\\s*");
  private static final int PATIENCE_SECONDS = 10;

  /** Keeps a copy of the list. */
  public GpuListing {
    gpus = List.copyOf(gpus);
  }

  /** Asks the driver, which takes a moment where there is one. */
  public static GpuListing ofThisMachine() {
    try {
      Process process = new ProcessBuilder(QUERY).redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new GpuListing(
            List.of(), "nvidia-smi did not answer in " + PATIENCE_SECONDS + " seconds");
      }
      // The answer is far smaller than a pipe's buffer, so it can be read after the process's end.
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
      return of(process.exitValue(), text);
    } catch (IOException e) {
      return new GpuListing(List.of(), "there is no nvidia-smi, NVIDIA's driver is not installed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new GpuListing(List.of(), "interrupted while asking nvidia-smi");
    }
  }

  /** What nvidia-smi's answer means. */
  static GpuListing of(int exitCode, String answer) {
    String firstLine = answer.lines().findFirst().orElse("nothing").strip();
    if (exitCode != 0) {
      return new GpuListing(
          List.of(),
          String.format(Locale.ROOT, "nvidia-smi failed with code %d: %s", exitCode, firstLine));
    }
    List<Gpu> gpus = new ArrayList<>();
    for (String line : answer.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        gpus.add(
            new Gpu(
                matcher.group(1).strip(),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))));
      }
    }
    return new GpuListing(gpus, gpus.isEmpty() ? "nvidia-smi answered: " + firstLine : "");
  }
}
