package org.samegan.io.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A gzip stream that must be one member and fill its file. The JDK's stream silently ignores what
 * follows the trailer if it is not another member.
 */
final class SingleGzipStream extends GZIPInputStream {
  private static final int TRAILER_BYTES = 8;

  private final long fileBytes;
  private final long headerBytes;

  SingleGzipStream(InputStream in, long fileBytes) throws IOException {
    super(new CountingStream(in), 1 << 16);
    this.fileBytes = fileBytes;
    // The constructor above has read the header and nothing else.
    this.headerBytes = ((CountingStream) this.in).count;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count < 0) {
      long end = headerBytes + inf.getBytesRead() + TRAILER_BYTES;
      if (end != fileBytes) {
        throw new ZipException(
            "a file of %d bytes with other data after its first gzip member".formatted(fileBytes));
      }
    }
    return count;
  }

  private static final class CountingStream extends FilterInputStream {
    private long count;

    CountingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
