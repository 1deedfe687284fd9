package org.samegan.io.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts and digests what is written on its way to another channel, or to none. */
public final class DigestChannel implements WritableByteChannel {
  private final WritableByteChannel next;
  private final MessageDigest digest = Sha256.start();
  private long size;

  /** In front of another channel, which is left open. */
  public DigestChannel(WritableByteChannel next) {
    this.next = next;
  }

  /** The digest of content that is written nowhere, as 64 hexadecimal digits. */
  public static String of(WholeFile.Content content) throws IOException {
    DigestChannel channel = new DigestChannel(null);
    content.writeTo(channel);
    return channel.sha256();
  }

  /** Takes all that remains. */
  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    digest.update(bytes.duplicate());
    while (next != null && bytes.hasRemaining()) {
      next.write(bytes);
    }
    bytes.position(bytes.limit());
    size += count;
    return count;
  }

  /** The number of bytes so far. */
  public long size() {
    return size;
  }

  /** The digest of everything as 64 hexadecimal digits; nothing can be written after it. */
  public String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
