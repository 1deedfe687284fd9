package org.samegan.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The versions of SameGAN and what it runs on, from what the jars say of themselves: loading ND4J
 * to ask it takes seconds.
 */
final class Version implements IVersionProvider {
  private static final String ND4J = "META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    String own = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "SameGAN " + (own == null ? "(not packaged)" : own),
      "ND4J " + nd4j(),
      "Java "
          + System.getProperty("java.version")
          + " ("
          + System.getProperty("java.vendor")
          + ", "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
          + ")"
    };
  }

  private static String nd4j() throws IOException {
    try (InputStream in = Version.class.getClassLoader().getResourceAsStream(ND4J)) {
      if (in == null) {
        return "(unknown)";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "(unknown)");
    }
  }
}
