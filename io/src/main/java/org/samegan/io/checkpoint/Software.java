package org.samegan.io.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The software that wrote something.
 *
 * @param samegan SameGAN's version
 * @param nd4j ND4J's version
 * @param java the Java runtime's version
 * @param system the operating system and the processor's architecture
 */
public record Software(String samegan, String nd4j, String java, String system) {
  /** What runs now. No class of ND4J is loaded for it, which would take seconds. */
  public static Software current() {
    return new Software(
        version("org.samegan/samegan-io"),
        version("org.nd4j/nd4j-api"),
        System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  /** From what Maven puts into every jar. */
  private static String version(String artifact) {
    String path = "META-INF/maven/" + artifact + "/pom.properties";
    try (InputStream stream = Software.class.getClassLoader().getResourceAsStream(path)) {
      if (stream == null) {
        return "unpackaged";
      }
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + path + " from the class path", e);
    }
  }
}
