package org.samegan.cli;

import java.util.Locale;
import java.util.Set;
import org.samegan.io.checkpoint.Software;
import picocli.CommandLine.IVersionProvider;

/** The versions of SameGAN and what it runs on, as a run started now would record them. */
final class Version implements IVersionProvider {
  static final String SHORT = "-V";
  static final String LONG = "--version";
  static final Set<String> OPTIONS = Set.of(SHORT, LONG);

  @Override
  public String[] getVersion() {
    Software software = Software.current();
    return new String[] {
      "SameGAN " + software.samegan(),
      "ND4J " + software.nd4j(),
      String.format(
          Locale.ROOT,
          "Java %s (%s, %s)",
          software.java(),
          System.getProperty("java.vendor"),
          software.system())
    };
  }
}
