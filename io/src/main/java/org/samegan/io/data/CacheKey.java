package org.samegan.io.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.samegan.io.file.Sha256;

/**
 * Names what a packed file was made from, without reading the images.
 *
 * @param place where the source is and the form its images are brought to, as 16 hexadecimal digits
 * @param state what its files were like, as 64 hexadecimal digits
 */
record CacheKey(String place, String state) {
  private static final int PLACE_DIGITS = 16;

  static CacheKey of(ImageSource source, ImageOptions options) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    // Without the place, two datasets of equal names and sizes (MNIST and its look-alikes) unpacked
    // with the times of one archive would be taken for each other.
    out.writeUTF(source.path().toRealPath().toString());
    out.writeInt(options.size());
    out.writeInt(options.channels());
    out.writeBoolean(options.skipBad());
    String place = Sha256.hex(bytes.toByteArray()).substring(0, PLACE_DIGITS);
    out.writeByte(PackHeader.VERSION);
    for (Path file : source.files()) {
      if (!Files.exists(file)) {
        // A broken link: whoever reads it will tell, or leave it out if that is asked for.
        out.writeLong(-1);
        continue;
      }
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      out.writeUTF(file.toAbsolutePath().normalize().toString());
      out.writeLong(attributes.size());
      out.writeLong(nanos(attributes.lastModifiedTime()));
      writeIdentity(file, out);
    }
    return new CacheKey(place, Sha256.hex(bytes.toByteArray()));
  }

  /**
   * Size and time stay the same where files are exchanged for those of an archive that was made
   * reproducibly, or {@code touch} sets the time back: the file's number and the time of its last
   * change, which nobody can set, do not.
   */
  private static void writeIdentity(Path file, DataOutputStream out) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Map<String, Object> attributes = Files.readAttributes(file, "unix:ino,ctime");
      out.writeLong((Long) attributes.get("ino"));
      out.writeLong(nanos((FileTime) attributes.get("ctime")));
    }
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }
}
