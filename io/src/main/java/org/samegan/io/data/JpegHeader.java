package org.samegan.io.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** What a JPEG file says before its first scan. */
final class JpegHeader {
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int COMMENT = 0xfe;
  private static final int APPLICATION = 0xe0;
  private static final int EXIF = APPLICATION + 1;
  private static final int ADOBE = APPLICATION + 14;
  private static final int NONE = -1;

  private static final byte[] START_OF_IMAGE = {(byte) 0xff, (byte) 0xd8};
  private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] JFIF_NAME = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOBE_NAME = "Adobe".getBytes(StandardCharsets.US_ASCII);

  private final JpegColours colours;
  private final Orientation orientation;
  private final byte[] plain;

  private JpegHeader(JpegColours colours, Orientation orientation, byte[] plain) {
    this.colours = colours;
    this.orientation = orientation;
    this.plain = plain;
  }

  /** What the components mean. */
  JpegColours colours() {
    return colours;
  }

  /** How the picture is turned to be upright. */
  Orientation orientation() {
    return orientation;
  }

  /**
   * The same picture without comments and application data: a decoder can then not stumble over a
   * profile. Not to be changed.
   */
  byte[] plain() {
    return plain;
  }

  static boolean isJpeg(byte[] content) {
    return content.length > 2 && startsWith(content, START_OF_IMAGE) && content[2] == (byte) 0xff;
  }

  /**
   * Reads the header.
   *
   * @throws DataFormatException if it is cut short or of a kind that is not decoded
   */
  static JpegHeader read(Path file, byte[] content, String remedy) throws DataFormatException {
    return new Parser(file, content, remedy).parse();
  }

  private static boolean startsWith(byte[] data, byte[] start) {
    return data.length >= start.length
        && Arrays.equals(data, 0, start.length, start, 0, start.length);
  }

  private static final class Parser {
    private final Path file;
    private final byte[] content;
    private final String remedy;
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private byte[] frame = {};
    private boolean jfif;
    private int adobeTransform = NONE;
    private Orientation orientation;

    Parser(Path file, byte[] content, String remedy) {
      this.file = file;
      this.content = content;
      this.remedy = remedy;
    }

    JpegHeader parse() throws DataFormatException {
      int at = START_OF_IMAGE.length;
      int marker = 0;
      while (marker != START_OF_SCAN) {
        at = skipToMarker(at);
        marker = content[at + 1] & 0xff;
        if (marker == END_OF_IMAGE) {
          throw bad(at, "a scan", "the end of the image");
        }
        // Markers without content: a stuffed zero, TEM and the restarts. None has a meaning here.
        boolean empty = marker <= 1 || (marker >= 0xd0 && marker <= 0xd8);
        int length = empty ? 0 : length(at);
        if (!empty && marker != START_OF_SCAN) {
          segment(marker, at, Arrays.copyOfRange(content, at + 4, at + 2 + length));
        }
        at += marker == START_OF_SCAN ? 0 : 2 + length;
      }
      JpegColours colours = colours();
      ByteArrayOutputStream result = new ByteArrayOutputStream(content.length);
      result.writeBytes(START_OF_IMAGE);
      result.writeBytes(plain.toByteArray());
      result.write(content, at, content.length - at);
      return new JpegHeader(
          colours, orientation == null ? Orientation.UPRIGHT : orientation, result.toByteArray());
    }

    private void segment(int marker, int at, byte[] data) throws DataFormatException {
      if (isFrame(marker)) {
        requireDecodable(marker, at, data);
        frame = data;
      }
      if (marker == APPLICATION) {
        jfif |= data.length >= 14 && startsWith(data, JFIF_NAME);
      } else if (marker == EXIF && orientation == null && startsWith(data, EXIF_NAME)) {
        orientation = Orientation.of(Arrays.copyOfRange(data, EXIF_NAME.length, data.length));
      } else if (marker == ADOBE && data.length >= 12 && startsWith(data, ADOBE_NAME)) {
        adobeTransform = data[11] & 0xff;
      }
      boolean application = marker >= APPLICATION && marker < APPLICATION + 16;
      if (!application && marker != COMMENT) {
        plain.write(content, at, data.length + 4);
      }
    }

    /** The 0xff of the next marker; bytes before it that belong to nothing are passed over. */
    private int skipToMarker(int from) throws DataFormatException {
      int at = from;
      while (at + 1 < content.length
          && (content[at] != (byte) 0xff || content[at + 1] == (byte) 0xff)) {
        at++;
      }
      if (at + 1 >= content.length) {
        throw bad(content.length, "a marker", "the end of a truncated file");
      }
      return at;
    }

    private int length(int at) throws DataFormatException {
      int rest = content.length - at - 2;
      int length = rest < Short.BYTES ? 0 : ByteBuffer.wrap(content).getShort(at + 2) & 0xffff;
      if (length < Short.BYTES || length > rest) {
        throw bad(
            at,
            "a segment of at least 2 bytes that ends in the file",
            String.format(Locale.ROOT, "a length of %d with %d bytes left", length, rest));
      }
      return length;
    }

    /** SOF0 to SOF15, among which are the tables of DHT, JPG and DAC. */
    private static boolean isFrame(int marker) {
      return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private void requireDecodable(int marker, int at, byte[] data) throws DataFormatException {
      String expected = "a baseline or progressive JPEG of 8 bits a sample";
      if (marker > 0xc2) {
        String coding = marker > 0xc8 ? "arithmetic coding" : "lossless or hierarchical coding";
        throw bad(at, expected, coding);
      }
      if (data.length < 6 || data.length < 6 + 3 * (data[5] & 0xff)) {
        throw bad(at, expected, "a frame cut short");
      }
      if (data[0] != 8) {
        throw bad(at, expected, data[0] + " bits a sample");
      }
    }

    /** By the rules of the Independent JPEG Group's library, which most readers share. */
    private JpegColours colours() throws DataFormatException {
      int components = frame.length == 0 ? 0 : frame[5] & 0xff;
      return switch (components) {
        case 1 -> JpegColours.GRAY;
        case 3 -> isRgb() ? JpegColours.RGB : JpegColours.YCBCR;
        case 4 -> adobeTransform == 2 ? JpegColours.YCCK : JpegColours.CMYK;
        default ->
            throw bad(
                START_OF_IMAGE.length,
                "1, 3 or 4 components (gray, colour or inks)",
                components + " components");
      };
    }

    private boolean isRgb() {
      if (jfif || adobeTransform != NONE) {
        return !jfif && adobeTransform == 0;
      }
      return frame[6] == 'R' && frame[9] == 'G' && frame[12] == 'B';
    }

    private DataFormatException bad(int at, String expected, String found) {
      return new DataFormatException(file, "JPEG header", at, expected, found, remedy);
    }
  }
}
