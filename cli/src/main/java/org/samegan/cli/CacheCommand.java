package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.samegan.io.data.ImageCache;
import org.samegan.runs.data.CacheDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cache}: the packed images of data that has been trained on. */
@Command(
    name = "cache",
    description = "List the packed images of data that has been trained on, or delete them.",
    footer = {
      "",
      "Packed images are made anew when they are needed; SAMEGAN_CACHE says where they are kept."
    })
final class CacheCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--clear", description = "Delete them.")
  private boolean clear;

  CacheCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Path directory = CacheDirectory.ofUser().toAbsolutePath();
    ImageCache cache = new ImageCache(directory);
    List<ImageCache.Entry> entries = cache.entries();
    long bytes = 0;
    for (ImageCache.Entry entry : entries) {
      terminal.print("%,15d bytes  %s", entry.bytes(), entry.description());
      bytes += entry.bytes();
    }
    if (clear) {
      cache.clear();
    }
    terminal.print(
        "%,15d bytes  in %d %s of %s%s",
        bytes,
        entries.size(),
        entries.size() == 1 ? "file" : "files",
        directory,
        clear ? ", deleted" : "");
    return 0;
  }
}
