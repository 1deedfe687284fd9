package org.samegan.io.data;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.samegan.core.Shape;
import org.samegan.io.file.DurableMove;
import org.samegan.io.file.FileFailure;
import org.samegan.io.file.Sha256;
import org.samegan.io.image.ByteImage;

/**
 * Writes a packed file image by image: to a file of its own beside the target, so that two
 * processes never write the same one, moved into place when it is whole and on the disk.
 */
final class PackWriter implements ImageSink, Closeable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path source;
  private final ImageOptions options;
  private final PackingProgress progress;
  private final Path target;
  private final Path partial;
  private final FileChannel channel;
  private final OutputStream pixels;
  private final MessageDigest digest = Sha256.start();
  private final List<PackTables.Skipped> skipped = new ArrayList<>();
  private int[] labels = new int[1024];
  private boolean labelled;
  private int count;
  private Shape shape;
  private String shapeOrigin;

  PackWriter(Path source, ImageOptions options, PackingProgress progress, Path target)
      throws IOException {
    this.source = source;
    this.options = options;
    this.progress = progress;
    this.target = target;
    this.partial =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.createDirectories(target.getParent());
      this.channel =
          FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      channel.position(PackHeader.PIXELS_AT);
    } catch (IOException e) {
      throw cacheTrouble(target.getParent(), e);
    }
    if (partial.getFileSystem().equals(FileSystems.getDefault())) {
      // An interrupt from the keyboard runs no finally block, and this file can be gigabytes.
      partial.toFile().deleteOnExit();
    }
    this.pixels = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
  }

  @Override
  public boolean accept(ByteImage image, int label, String origin) throws IOException {
    ByteImage converted = ImageConversion.apply(image, options);
    if (count == 0) {
      shape = converted.shape();
      shapeOrigin = origin;
    } else if (!shape.equals(converted.shape())) {
      throw differs(converted.shape(), origin);
    }
    if (count == labels.length) {
      labels = Arrays.copyOf(labels, Math.multiplyExact(labels.length, 2));
    }
    labels[count++] = label;
    labelled = label != UNLABELLED;
    byte[] bytes = new byte[shape.elements()];
    converted.buffer().get(bytes);
    digest.update(bytes);
    try {
      pixels.write(bytes);
    } catch (IOException e) {
      throw cacheTrouble(target.getParent(), e);
    }
    return true;
  }

  @Override
  public void skip(String origin, String reason) {
    skipped.add(new PackTables.Skipped(origin, reason));
  }

  @Override
  public void progress(int done, int total) {
    progress.update(done, total);
  }

  /** Completes the file and moves it into place. */
  void finish(String key, List<String> classNames) throws IOException {
    PackTables tables =
        new PackTables(
            labelled ? Arrays.copyOf(labels, count) : new int[0],
            classNames,
            skipped,
            source.toAbsolutePath().normalize().toString());
    byte[] encoded = tables.encode();
    PackHeader header =
        new PackHeader(
            count,
            shape,
            labelled,
            classNames.size(),
            key,
            Fingerprint.of(count, shape, digest, tables.encodeLabels()),
            Sha256.hex(encoded),
            encoded.length);
    try {
      pixels.write(encoded);
      pixels.flush();
      ByteBuffer start = header.encode();
      while (start.hasRemaining()) {
        channel.write(start, start.position());
      }
      channel.force(true);
      channel.close();
      DurableMove.move(partial, target);
    } catch (IOException e) {
      throw cacheTrouble(target.getParent(), e);
    }
  }

  /** Removes what has been written unless it was finished. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(partial);
  }

  private DataFormatException differs(Shape found, String origin) {
    boolean size = shape.get(0) != found.get(0) || shape.get(1) != found.get(1);
    String expected = "all alike";
    String both =
        String.format(Locale.ROOT, "%s with %s and %s with %s", shapeOrigin, shape, origin, found);
    return size
        ? new DataFormatException(
            source,
            "image sizes",
            expected,
            both,
            "choose one with the size option, such as " + Math.min(found.get(0), found.get(1)))
        : new DataFormatException(
            source,
            "gray and coloured images",
            expected,
            both,
            "choose with the channels option, 1 for gray or 3 for colour");
  }

  static FileSystemException cacheTrouble(Path directory, IOException cause) {
    return FileFailure.of(
        directory,
        String.format(
            Locale.ROOT,
            "cannot keep packed images in this directory (%s); free space there or set"
                + " SAMEGAN_CACHE to a directory that can be written",
            cause),
        cause);
  }
}
