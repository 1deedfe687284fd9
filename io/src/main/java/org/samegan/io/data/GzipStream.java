package org.samegan.io.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * A gzip file of one member or several (RFC 1952), as parallel compressors and {@code cat} make
 * them, that must fill its file. The JDK's stream silently ignores what follows the last member if
 * that is not another one, and finds a member or not by what happens to be buffered.
 */
final class GzipStream extends InputStream {
  private static final int FIRST_BYTE = 0x1f;
  private static final int SECOND_BYTE = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int limit;
  private boolean inMember;
  private boolean ended;
  private int members;

  /**
   * Reads the first header.
   *
   * @throws IOException if that fails, or it is not there
   */
  GzipStream(InputStream in) throws IOException {
    super();
    this.in = in;
    startMember();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember) {
        startMember();
        continue;
      }
      int count = inflate(target, offset, length);
      if (count > 0) {
        checksum.update(target, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      int count = inflater.inflate(target, offset, length);
      if (count == 0 && inflater.needsDictionary()) {
        throw new ZipException("a dictionary, which gzip has none of");
      }
      if (count == 0 && inflater.needsInput()) {
        fill();
        inflater.setInput(buffer, next, limit - next);
        next = limit;
      }
      return count;
    } catch (DataFormatException e) {
      ZipException failure = new ZipException("corrupt compressed data: " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  private void startMember() throws IOException {
    if (members > 0 && next == limit && !refill()) {
      ended = true;
      return;
    }
    if (readByte() != FIRST_BYTE || readByte() != SECOND_BYTE) {
      throw new ZipException("other data after gzip member " + members);
    }
    int method = readByte();
    int flags = readByte();
    if (method != DEFLATE || (flags & RESERVED) != 0) {
      throw new ZipException("an unknown compression method or flag in the gzip header");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(readShort());
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    members++;
    inMember = true;
    inflater.reset();
    checksum.reset();
    inflater.setInput(buffer, next, limit - next);
    next = limit;
  }

  /** The checksum and the length modulo 2^32. */
  private void endMember() throws IOException {
    next = limit - inflater.getRemaining();
    long storedChecksum = readInt();
    long storedLength = readInt();
    if (storedChecksum != checksum.getValue()
        || storedLength != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new ZipException("Corrupt GZIP trailer");
    }
    inMember = false;
  }

  private void skipText() throws IOException {
    int value = readByte();
    while (value != 0) {
      value = readByte();
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      readByte();
    }
  }

  private long readInt() throws IOException {
    return readShort() | (long) readShort() << 16;
  }

  private int readShort() throws IOException {
    int low = readByte();
    return low | readByte() << 8;
  }

  private int readByte() throws IOException {
    if (next == limit) {
      fill();
    }
    return buffer[next++] & 0xff;
  }

  private void fill() throws IOException {
    if (!refill()) {
      throw new EOFException("the end of gzip member " + Math.max(1, members) + " is missing");
    }
  }

  private boolean refill() throws IOException {
    next = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }
}
