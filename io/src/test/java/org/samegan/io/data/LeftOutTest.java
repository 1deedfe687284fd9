package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a folder is read, and what is said of the rest. */
class LeftOutTest {
  @TempDir private Path folder;
  @TempDir private Path cache;

  @Test
  void saysWhyEachImageWasLeftOut() throws IOException {
    Samples.write(folder, "a.png", Samples.flatPng(1));
    Path moving = Samples.write(folder, "b.jpg", "GIF89a".getBytes(StandardCharsets.US_ASCII));
    Path cut = Samples.write(folder, "c.png", Arrays.copyOf(Samples.flatPng(2), 50));
    for (int time = 0; time < 2; time++) {
      List<LeftOut> left = open(ImageOptions.asStored().withSkipBad(true)).skipped();
      assertThat(left).extracting(LeftOut::path).containsExactly(moving, cut);
      assertThat(left.get(0).reason()).contains("expected a PNG or JPEG", "found a GIF image");
      assertThat(left.get(1)).asString().contains(cut + " (PNG chunk", "a truncated file)");
    }
  }

  @Test
  void picturesAreKnownByTheirContentAndOtherFilesAreCountedByKind() throws IOException {
    byte[] picture = Samples.flatPng(1);
    for (String name : List.of("a.png", "b.jfif", "c.JPE", "d.jpg", "e.jpeg")) {
      Samples.write(folder, name, picture);
    }
    ImageSource alone = ImageSource.at(folder, Split.TRAIN);
    assertThat(((FolderSource) alone).images()).hasSize(5);
    assertThat(alone.otherFiles()).isEmpty();
    assertThat(open(ImageOptions.asStored()).size()).isEqualTo(5);

    for (String name : List.of("1.webp", "2.WEBP", "3.gif", "notes", "x.", ".hidden")) {
      Samples.write(folder, name, picture);
    }
    assertThat(ImageSource.at(folder, Split.TRAIN).otherFiles())
        .hasToString("Optional[5 other files (2 .webp, 2 without an ending, 1 .gif)]");
    assertThat(ImageSource.at(folder, Split.TRAIN).otherFiles().get().leftOut())
        .isEqualTo("5 other files left out (2 .webp, 2 without an ending, 1 .gif)");
    for (int i = 0; i < 5; i++) {
      Samples.write(folder, "more.e" + i, picture);
    }
    assertThat(ImageSource.at(folder, Split.TRAIN).otherFiles().get())
        .hasToString("10 other files (2 .webp, 2 without an ending, 1 .e0, 1 .e1, 1 .e2, …)");
  }

  @Test
  void aDeviceIsABadImageAndNotReadWithoutEnd() throws IOException {
    Path device = Path.of("/dev/zero");
    Assumptions.assumeTrue(Files.exists(device));
    Samples.write(folder, "a.png", Samples.flatPng(1));
    Path link = Files.createSymbolicLink(folder.resolve("b.png"), device);
    assertThatThrownBy(() -> open(ImageOptions.asStored()))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll(link.toString(), "a regular file", "skip-bad");
    assertThat(open(ImageOptions.asStored().withSkipBad(true)).skipped())
        .extracting(LeftOut::path)
        .containsExactly(link);
  }

  @Test
  void unreadableFoldersFollowSkipBad() throws IOException {
    Samples.write(folder, "cat/a.png", Samples.flatPng(1));
    Samples.write(folder, "lost+found/b.png", Samples.flatPng(2));
    Path locked = folder.resolve("lost+found");
    Path hidden = Files.createDirectory(folder.resolve(".Trash-0"));
    for (Path directory : List.of(locked, hidden)) {
      Files.setPosixFilePermissions(directory, Set.of());
    }
    try {
      // Root may read everything.
      Assumptions.assumeFalse(Files.isReadable(locked));
      assertThatThrownBy(() -> open(ImageOptions.asStored()))
          .isInstanceOf(DataFormatException.class)
          .hasMessageContainingAll(locked.toString(), "no permission", "skip-bad");
      PackedImages rest = open(ImageOptions.asStored().withSkipBad(true));
      assertThat(rest.classes().allNames()).containsExactly("cat");
      assertThat(rest.skipped()).extracting(LeftOut::path).containsExactly(locked);
    } finally {
      for (Path directory : List.of(locked, hidden)) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  @Test
  void whatCouldNotBeLookedAtIsToldOrLeftOut() throws IOException {
    Samples.write(folder, "a.png", Samples.flatPng(1));
    LeftOut locked = new LeftOut(folder.resolve("lost+found"), "no permission to read it");
    ImageSource source =
        new FolderSource(
            folder, List.of("a.png"), List.of(), OtherFiles.of(List.of()), List.of(locked));
    ImageOptions stored = ImageOptions.asStored();
    assertThatThrownBy(() -> source.form(stored))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll("lost+found", "no permission", "skip-bad");
    assertThat(PackedImages.open(source, stored.withSkipBad(true), cache).skipped())
        .containsExactly(locked);
  }

  private PackedImages open(ImageOptions options) throws IOException {
    return PackedImages.open(ImageSource.at(folder, Split.TRAIN), options, cache);
  }
}
