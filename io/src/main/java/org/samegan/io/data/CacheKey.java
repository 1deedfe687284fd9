package org.samegan.io.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.samegan.io.file.Sha256;

/**
 * Names what a packed file was made from, without reading the images: where the source is, the
 * path, size and modification time of each of its files, and the options.
 */
final class CacheKey {
  private CacheKey() {}

  /** The key, 64 hexadecimal digits. */
  static String of(ImageSource source, ImageOptions options) throws IOException {
    ByteArrayOutputStream listing = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(listing);
    out.writeByte(PackHeader.VERSION);
    out.writeInt(options.size());
    out.writeInt(options.channels());
    out.writeBoolean(options.skipBad());
    // Without the place, two datasets of equal names and sizes (MNIST and its look-alikes) unpacked
    // with the times of one archive would be taken for each other.
    Path place = source.path().toRealPath();
    out.writeUTF(place.toString());
    for (Path file : source.files()) {
      if (!Files.exists(file)) {
        // A broken link: whoever reads it will tell, or leave it out if that is asked for.
        out.writeLong(-1);
        continue;
      }
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      out.writeUTF(file.toAbsolutePath().normalize().toString());
      out.writeLong(attributes.size());
      out.writeLong(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }
    return Sha256.hex(listing.toByteArray());
  }
}
