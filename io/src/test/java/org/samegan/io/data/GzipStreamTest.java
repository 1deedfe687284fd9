package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipStreamTest {
  private static final byte[] PIXELS = Samples.random(5 * 3 * 2);

  @TempDir private Path data;
  @TempDir private Path cache;

  @Test
  void readsGzipOfSeveralMembersAndRefusesADamagedOne() throws IOException {
    byte[] idx = Samples.idx(PIXELS, 5, 3, 2);
    Path raw = Samples.write(data, "raw", idx);
    byte[] first = Samples.gzip(Arrays.copyOf(idx, 19));
    byte[] second = Samples.gzip(Arrays.copyOfRange(idx, 19, 20));
    byte[] none = Samples.gzip(new byte[0]);
    byte[] third = Samples.gzip(Arrays.copyOfRange(idx, 20, idx.length));
    ByteBuffer members = ByteBuffer.allocate(1000);
    byte[] all =
        Arrays.copyOf(
            members.put(first).put(second).put(none).put(third).array(), members.position());
    Path gzip = Samples.write(data, "members.gz", all);
    assertThat(open(gzip).fingerprint()).isEqualTo(open(raw).fingerprint());

    Path cut = Samples.write(data, "cut.gz", Arrays.copyOf(all, all.length - 3));
    assertThatThrownBy(() -> open(cut)).hasMessageContainingAll("gzip", "truncated");
    all[first.length + second.length - 5] ^= 1;
    Path corrupt = Samples.write(data, "corrupt.gz", all);
    assertThatThrownBy(() -> open(corrupt)).hasMessageContainingAll("gzip", "trailer");
  }

  @Test
  void readsGzipWithEveryHeaderField() throws IOException {
    byte[] plain = Samples.gzip(Samples.idx(PIXELS, 5, 3, 2));
    ByteBuffer file = ByteBuffer.allocate(plain.length + 2 + 5 + 5 + 3 + 2).put(plain, 0, 10);
    // RFC 1952: extra field, name, comment, checksum of the header.
    file.put(3, (byte) 0x1e)
        .put(Samples.bytes(5, 0, 1, 2, 1, 0, 9))
        .put(Samples.bytes('n', 'a', 'm', 'e', 0));
    file.put(Samples.bytes('c', 'o', 0)).put(Samples.bytes(7, 7));
    file.put(plain, 10, plain.length - 10);
    Path gzip = Samples.write(data, "fields.gz", file.array());
    assertThat(open(gzip).size()).isEqualTo(5);
  }

  private PackedImages open(Path path) throws IOException {
    return PackedImages.open(ImageSource.at(path, Split.TRAIN), ImageOptions.asStored(), cache);
  }
}
