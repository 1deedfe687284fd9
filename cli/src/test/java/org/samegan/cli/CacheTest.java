package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.file.Sha256;
import org.samegan.io.run.Run;

class CacheTest {
  @TempDir private Path directory;

  private Path pack() throws IOException {
    Path pack = TinyRuns.children(directory.resolve("cache")).get(0);
    assertThat(pack.toString()).endsWith(".sgpack");
    return pack;
  }

  @Test
  void packedImagesAreListedAndDeleted() throws IOException {
    TinyRuns.trained(directory);
    Path data = directory.resolve("images-idx3-ubyte").toAbsolutePath();
    Invocation listing = Invocation.of(directory, "cache");
    assertThat(listing.code()).isZero();
    assertThat(listing.out()).contains("64 images of 8x8x1, of " + data, "in 1 file of", "cache");
    assertThat(pack()).exists();

    Invocation clearing = Invocation.of(directory, "cache", "--clear");
    assertThat(clearing.out()).contains("deleted");
    assertThat(directory.resolve("cache")).isEmptyDirectory();
    assertThat(Invocation.of(directory, "cache").out()).contains("0 bytes  in 0 files");
  }

  /** The pixels that a run is trained on are those of the fingerprint in its record. */
  @Test
  void damagedPixelsAreMadeAnewBeforeARunGoesOn() throws IOException {
    Path run = TinyRuns.trained(directory);
    byte[] intact = Files.readAllBytes(pack());
    byte[] damaged = intact.clone();
    damaged[4096 + 1234] ^= 1;
    Files.write(pack(), damaged);

    Invocation resuming = Invocation.of(directory, "resume", run, "--steps", 5);
    assertThat(resuming.code()).as(resuming.err()).isZero();
    assertThat(Sha256.hex(pack())).isEqualTo(Sha256.hex(intact));
  }

  @Test
  void dataChangedInPlaceStopsARunFromGoingOn() throws IOException {
    Path run = TinyRuns.trained(directory);
    Path data = directory.resolve("images-idx3-ubyte");
    var time = Files.getLastModifiedTime(data);
    byte[] content = Files.readAllBytes(data);
    content[4000] ^= 1;
    Files.write(data, content);
    Files.setLastModifiedTime(data, time);

    Invocation resuming = Invocation.of(directory, "resume", run, "--steps", 5);
    assertThat(resuming.code()).isEqualTo(1);
    assertThat(resuming.err()).contains(Run.open(run).record().data().fingerprint());
  }
}
