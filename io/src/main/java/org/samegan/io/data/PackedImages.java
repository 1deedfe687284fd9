package org.samegan.io.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.io.file.Sha256;

/**
 * Images of one shape in a memory-mapped file of bytes: decoded once, whatever the number of epochs
 * and runs, and outside the heap, whatever their number. Immutable and safe for concurrent use.
 *
 * <p>The file is a cache. Its name is derived from where the source is, the path, size, times and
 * number of each of its files, and the options: a source that changes gets a new file, and the old
 * one goes. A damaged file is made anew.
 */
public final class PackedImages {
  private final Path file;
  private final Path source;
  private final PackHeader header;
  private final PackTables tables;
  private final Classes classes;
  private final MappedPixels pixels;

  private PackedImages(
      Path file, Path source, PackHeader header, PackTables tables, MappedPixels pixels) {
    this.file = file;
    this.source = source;
    this.header = header;
    this.tables = tables;
    this.classes = Classes.named(tables.classNames());
    this.pixels = pixels;
  }

  /** As {@link #open(ImageSource, ImageOptions, Path, PackingProgress)}, without progress. */
  public static PackedImages open(ImageSource source, ImageOptions options, Path cacheDirectory)
      throws IOException {
    return open(source, options, cacheDirectory, (done, total) -> {});
  }

  /**
   * Opens the images of a source, packing them first unless that has been done before and what was
   * packed is intact: all of it is read and compared with its fingerprint.
   *
   * @param source where they come from
   * @param options the form they are brought to
   * @param cacheDirectory where the packed file is kept; made if absent
   * @param progress is told of every image packed
   * @throws DataFormatException if the source is damaged or its images differ in size or channels
   *     although the options keep them as they are; the message names the file
   * @throws IOException if the source cannot be read or the cache directory cannot be written; the
   *     message names the file or directory
   */
  public static PackedImages open(
      ImageSource source, ImageOptions options, Path cacheDirectory, PackingProgress progress)
      throws IOException {
    Objects.requireNonNull(progress, "progress");
    CacheKey key = CacheKey.of(source, options);
    ImageCache cache = new ImageCache(cacheDirectory);
    IOException unusable = null;
    if (Files.exists(cache.file(key))) {
      try {
        PackedImages found = load(cache.file(key), source.path(), key.state());
        found.verify();
        return found;
      } catch (DataFormatException | AccessDeniedException e) {
        unusable = e;
      }
    }
    try {
      pack(source, options, key, cache.file(key), progress);
      cache.deleteSuperseded(key);
    } catch (IOException e) {
      if (unusable != null) {
        e.addSuppressed(unusable);
      }
      throw e;
    }
    return load(cache.file(key), source.path(), key.state());
  }

  /**
   * The images of a source if they have been packed before: a matter of moments, whatever their
   * number, as their pixels are not compared with the fingerprint.
   *
   * @return empty if they have not, or the packed file is damaged: {@link #open} makes it
   * @throws IOException if the source or the packed file cannot be read
   */
  public static Optional<PackedImages> find(
      ImageSource source, ImageOptions options, Path cacheDirectory) throws IOException {
    CacheKey key = CacheKey.of(source, options);
    Path file = new ImageCache(cacheDirectory).file(key);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(load(file, source.path(), key.state()));
    } catch (DataFormatException | AccessDeniedException e) {
      return Optional.empty();
    }
  }

  private static void pack(
      ImageSource source, ImageOptions options, CacheKey key, Path file, PackingProgress progress)
      throws IOException {
    try (PackWriter writer = new PackWriter(source.path(), options, progress, file)) {
      writer.finish(key.state(), SourceReader.read(source, options.skipBad(), writer));
    }
  }

  private static PackedImages load(Path file, Path source, String key) throws IOException {
    return load(file, source, key, MappedPixels.MAPPING_BYTES);
  }

  static PackedImages load(Path file, Path source, String key, long mappingBytes)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      InputStream in = Channels.newInputStream(channel);
      PackHeader header =
          PackHeader.decode(file, in.readNBytes(PackHeader.PIXELS_AT), channel.size());
      PackHeader.requireEqual(file, "key", key, header.key());
      PackTables tables = tables(file, channel, header);
      MappedPixels pixels = MappedPixels.map(channel, header, mappingBytes);
      return new PackedImages(file, source, header, tables, pixels);
    }
  }

  private static PackTables tables(Path file, FileChannel channel, PackHeader header)
      throws IOException {
    channel.position(PackHeader.PIXELS_AT + header.pixelBytes());
    byte[] encoded = Channels.newInputStream(channel).readAllBytes();
    PackHeader.requireEqual(
        file, "checksum of the labels and names", header.tablesDigest(), Sha256.hex(encoded));
    return PackTables.decode(encoded, header.labelled() ? header.count() : 0);
  }

  /** What a file of packed images holds and of which data, for people. */
  static String describe(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      byte[] start = Channels.newInputStream(channel).readNBytes(PackHeader.PIXELS_AT);
      PackHeader header = PackHeader.decode(file, start, channel.size());
      return String.format(
          Locale.ROOT,
          "%,d images of %s, of %s",
          header.count(),
          header.shape(),
          tables(file, channel, header).source());
    } catch (DataFormatException e) {
      return "of no use: " + e.what() + " is " + e.found();
    }
  }

  /** The packed file. */
  public Path file() {
    return file;
  }

  /** The number of images, at least 1. */
  public int size() {
    return header.count();
  }

  /** The shape of every image (height, width, channels). */
  public Shape shape() {
    return header.shape();
  }

  /** The classes of the labels; none if the images are unlabelled. */
  public Classes classes() {
    return classes;
  }

  /** The shape and the classes together. */
  public ExampleForm form() {
    return new ExampleForm(shape(), classes());
  }

  /**
   * The class of one image, from 0 to {@code classes().count() - 1}.
   *
   * @throws IllegalStateException if the images are unlabelled
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public int label(int index) {
    if (!header.labelled()) {
      throw new IllegalStateException("the images of " + source + " have no labels");
    }
    return tables.label(Objects.checkIndex(index, size()));
  }

  /**
   * The SHA-256 of the content (count, shape, pixels, labels), 64 hexadecimal digits. It depends on
   * neither file names nor times nor compression.
   */
  public String fingerprint() {
    return header.fingerprint();
  }

  /** The images and folders that could not be read and were left out. */
  public List<LeftOut> skipped() {
    return tables.skipped().stream()
        .map(skipped -> new LeftOut(source.resolve(skipped.name()), skipped.reason()))
        .toList();
  }

  /**
   * Reads all pixels and compares them with the fingerprint; opening checks only the length, the
   * header, the labels and the names.
   *
   * @throws DataFormatException if they differ
   * @throws IOException if the file cannot be read
   */
  public void verify() throws IOException {
    MessageDigest digest = Sha256.start();
    pixels.update(digest);
    String found = Fingerprint.of(size(), shape(), digest, tables.encodeLabels());
    PackHeader.requireEqual(file, "checksum of the pixels", fingerprint(), found);
  }

  /** The images as a dataset of floats in a range. */
  public Dataset as(PixelRange range) {
    float[] values = new float[256];
    for (int pixel = 0; pixel < values.length; pixel++) {
      values[pixel] = range.fromByte(pixel);
    }
    return new Floats(values);
  }

  int mappings() {
    return pixels.mappings();
  }

  private final class Floats implements Dataset {
    private final float[] values;

    Floats(float[] values) {
      this.values = values;
    }

    @Override
    public int size() {
      return PackedImages.this.size();
    }

    @Override
    public Shape exampleShape() {
      return shape();
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      pixels.copyTo(Objects.checkIndex(index, size()), values, destination);
    }

    @Override
    public Classes classes() {
      return classes;
    }

    @Override
    public int label(int index) {
      return PackedImages.this.label(index);
    }
  }
}
