package org.samegan.io.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The JDK's readers of PNG and JPEG, held to refuse what is damaged or too large. */
final class JdkReader {
  /** Decoding takes 7 to 14 bytes a pixel: this keeps it inside a heap of 1 GiB. */
  private static final long MAX_PIXELS = 1L << 26;

  private JdkReader() {}

  /** What to take from a reader that has been opened on a picture. */
  interface Task<T> {
    T run(ImageReader reader) throws IOException;
  }

  /**
   * Runs a task on a picture.
   *
   * @param format {@code png} or {@code jpeg}
   * @throws Refusal if the picture is too large or damaged
   * @throws OutOfMemoryError if the heap is too small for it
   */
  static <T> T read(String format, byte[] content, Task<T> task) throws Refusal {
    ImageReader reader = ofJdk(format);
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    T result;
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(input, true, true);
      requireSize(reader.getWidth(0), reader.getHeight(0));
      result = task.run(reader);
    } catch (Refusal e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // On damaged files the JDK's readers throw, besides IOException, whatever their array
      // accesses run into.
      if (e.getCause() instanceof OutOfMemoryError tooLarge) {
        throw tooLarge;
      }
      throw new Refusal("image data", "a decodable image", describe(e), e);
    } finally {
      reader.dispose();
    }
    requireNoDamage(warnings);
    return result;
  }

  /** Others that happen to be installed may convert colours by rules of their own. */
  private static ImageReader ofJdk(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getModule().equals(ImageIO.class.getModule())) {
        return reader;
      }
    }
    throw new IllegalStateException("this Java runtime has no reader for " + format + " images");
  }

  private static void requireSize(int width, int height) throws Refusal {
    if ((long) width * height > MAX_PIXELS) {
      String expected = "at most " + MAX_PIXELS + " pixels";
      throw new Refusal("image size", expected, width + " x " + height, null);
    }
  }

  /** The JPEG reader fills what is missing with gray and merely warns: that is a damaged image. */
  private static void requireNoDamage(List<String> warnings) throws Refusal {
    for (String warning : warnings) {
      if (!warning.toLowerCase(Locale.ROOT).contains("extraneous bytes")) {
        throw new Refusal("image data", "an intact image", "damage: " + warning, null);
      }
    }
  }

  /** The readers often give the reason only in the cause. */
  private static String describe(Exception failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure.toString() : failure.getMessage() + " (" + cause + ")";
  }

  /** Why a picture is not read; whoever knows its file says so. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String expected;
    private final String found;

    Refusal(String what, String expected, String found, Exception cause) {
      super(what + ": expected " + expected + ", found " + found, cause);
      this.what = what;
      this.expected = expected;
      this.found = found;
    }

    String what() {
      return what;
    }

    String expected() {
      return expected;
    }

    String found() {
      return found;
    }
  }
}
